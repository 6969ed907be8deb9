// SPDX-License-Identifier: Apache-2.0
#include "record/store/bundle_references.h"

#include "fhir/model/lossless_json.h"
#include "fhir/model/reference.h"
#include "fhir/validation/links.h"

namespace reprise::record {
namespace {

using fhir::IssueType;
using fhir::Link;
using fhir::LinkKind;
using fhir::ReferenceForm;

constexpr std::string_view kHistory = "/_history/";

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

std::string_view without_version(std::string_view address) {
  return address.substr(0, address.rfind(kHistory));
}

/// What stands below a base, "Patient/17" of "http://example.org/fhir/Patient/17".
std::optional<std::string_view> below(std::string_view address, std::string_view base) {
  if (base.empty() || !begins_with(address, base) || address.size() <= base.size() + 1 ||
      address[base.size()] != '/')
    return {};
  return address.substr(base.size() + 1);
}

/// Where `TYPE/ID` in a resource belongs.
struct Home {
  bool ours = true;
  std::string_view root;  ///< of the other server; empty where the full URL does not tell
};

Home home_of(std::string_view full_url, const Context& context) {
  if (full_url.empty() || begins_with(full_url, "urn:") || below(full_url, context.base)) return {};
  const auto parsed = fhir::parse_reference(full_url);
  if (!parsed || parsed->form != ReferenceForm::absolute || parsed->type.empty()) return {false, {}};
  return {false, full_url.substr(0, static_cast<std::size_t>(parsed->type.data() - full_url.data()) - 1)};
}

/// Gives the new text of each link of one resource; keeps the first refusal.
class Resolving {
 public:
  Resolving(const Home& home, const BundleNames& names, const Context& context, const FindCondition& find)
      : home_(home), names_(names), context_(context), find_(find) {}

  std::optional<std::string> resolve(const Link& link) {
    if (refusal_) return {};
    if (link.kind == LinkKind::uri) return names_.find(link.text);
    const auto parsed = fhir::parse_reference(link.text);
    if (!parsed) return {};
    switch (parsed->form) {
      case ReferenceForm::contained: return {};
      case ReferenceForm::conditional: return link.kind == LinkKind::reference ? find(link) : std::nullopt;
      case ReferenceForm::absolute: return absolute(link);
      case ReferenceForm::relative: break;
    }
    return relative(link);
  }
  [[nodiscard]] std::optional<Refusal> take_refusal() { return std::move(refusal_); }

 private:
  std::optional<std::string> absolute(const Link& link) {
    if (auto named = names_.find(link.text)) return named;
    const auto ours = link.kind == LinkKind::reference ? below(link.text, context_.base) : std::nullopt;
    const auto parsed = ours ? fhir::parse_reference(*ours) : std::nullopt;
    if (!parsed || parsed->form != ReferenceForm::relative) return {};
    return std::string{*ours};
  }

  std::optional<std::string> relative(const Link& link) {
    const std::string_view root = home_.ours ? std::string_view{context_.base} : home_.root;
    std::string address = std::string{root} + "/" + std::string{link.text};
    if (auto named = names_.find(address)) return named;
    if (home_.ours) return {};
    const bool checked = context_.check_references && link.kind == LinkKind::reference;
    if (!checked && !root.empty()) return address;
    refusal_ = refuse(RefusalKind::invalid, IssueType::not_found,
                      "refers to a resource of the server in the entry's fullUrl that is not in the bundle; "
                      "put it into the bundle, or give its whole address",
                      fhir::expression(link.place))
                   .value();
    return {};
  }

  std::optional<std::string> find(const Link& link) {
    auto found = find_(link.text);
    if (found) return std::move(*found);
    refusal_ = std::move(found.error());
    for (auto& issue : refusal_->issues) {
      if (issue.expression.empty()) issue.expression = fhir::expression(link.place);
    }
    return {};
  }

  const Home home_;
  const BundleNames& names_;
  const Context& context_;
  const FindCondition& find_;
  std::optional<Refusal> refusal_;
};

}  // namespace

bool BundleNames::add(std::string full_url, std::string target, bool created) {
  return entries_.emplace(std::move(full_url), Named{std::move(target), created}).second;
}

std::optional<std::string> BundleNames::find(std::string_view address) const {
  if (entries_.empty()) return {};
  const auto plain = without_version(address);
  const auto found = entries_.find(plain);
  if (found == entries_.end()) return {};
  const bool versioned = plain.size() != address.size();
  return found->second.target + (versioned && found->second.created ? std::string{kHistory} + "1" : "");
}

Outcome<bool> resolve_links(fhir::Json& resource, std::string_view full_url, const BundleNames& names,
                            const Context& context, const FindCondition& find) {
  Resolving resolving{home_of(full_url, context), names, context, find};
  const bool changed =
      fhir::replace_links(resource, [&](const Link& link) { return resolving.resolve(link); });
  if (auto refusal = resolving.take_refusal()) return tl::unexpected(std::move(*refusal));
  return changed;
}

std::optional<Refusal> resolve_links(Operation& operation, std::string_view full_url,
                                     const Context& context) {
  if (operation.body.empty() || operation.verb == Verb::patch) return {};
  const bool names_us = !context.base.empty() && operation.body.find(context.base) != std::string::npos;
  if (home_of(full_url, context).ours && !names_us) return {};
  auto json = fhir::parse_lossless(operation.body);
  if (!json) return {};  // is refused where it is read
  const auto changed = resolve_links(*json, full_url, {}, context, [](std::string_view condition) {
    return Outcome<std::string>{condition};  // stays, and is refused where the resource is checked
  });
  if (!changed) return changed.error();
  if (*changed) operation.body = fhir::write_exactly(*json);
  return {};
}

}  // namespace reprise::record
