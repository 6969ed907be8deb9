// SPDX-License-Identifier: Apache-2.0
#include "server/seeding/catalog_content.h"

#include <fmt/format.h>

#include "care/monitoring/rule.h"
#include "care/plan/education.h"
#include "care/plan/exercise_definition.h"
#include "care/protocols/protocol_definition.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

constexpr const char* kSeedingStage = "adding the catalog to the record";

struct Item {
  std::string type;
  std::string condition;  ///< by which the record has it
  std::string body;
};

Result<Item> item_of(const fhir::Json& resource) {
  const std::string type{json::text_of(resource, "resourceType")};
  const std::string url{json::text_of(resource, "url")};
  const std::string version{json::text_of(resource, "version")};
  if (type.empty() || url.empty() || version.empty()) {
    return fail(ErrorCode::corrupt, kSeedingStage, "a resource of the catalog has no type, url or version",
                "give it all three");
  }
  return Item{type, "url=" + url + "&version=" + version, resource.dump()};
}

template <class Read>
void read_items(const std::vector<exercises::CatalogFile>& files, Read&& read, std::vector<Item>& items,
                const std::function<void(std::string_view)>& on_progress) {
  for (const exercises::CatalogFile& file : files) {
    const Result<fhir::Json> resource = read(file);
    const auto item = resource ? item_of(*resource) : Result<Item>{tl::unexpected(resource.error())};
    if (item) {
      items.push_back(*item);
    } else {
      on_progress(fmt::format("The record goes without {}: {}", file.name, to_string(item.error())));
    }
  }
}

// Duplicates are accepted: a user may have added one twice.
record::Outcome<bool> is_there(const Item& item, const record::WriteTransaction& session,
                               const record::Context& context) {
  const auto found = record::find_only(session.connection, context, item.type, item.condition);
  if (!found && found.error().kind == record::RefusalKind::precondition) return true;
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

}  // namespace

Result<void> seed_catalog(record::Record& record, const CatalogContent& catalog,
                          const std::function<void(std::string_view)>& on_progress) {
  std::vector<Item> items;
  read_items(
      catalog.exercises, [](const exercises::CatalogFile& file) { return care::activity_definition(file); },
      items, on_progress);
  read_items(
      catalog.questionnaires,
      [](const exercises::CatalogFile& file) { return fhir::parse_resource(file.text); }, items, on_progress);
  read_items(
      catalog.education, [](const exercises::CatalogFile& file) { return care::education_library(file); },
      items, on_progress);
  read_items(
      catalog.rules, [](const exercises::CatalogFile& file) { return care::plan_definition(file); }, items,
      on_progress);
  read_items(
      catalog.protocols, [](const exercises::CatalogFile& file) { return care::protocol_definition(file); },
      items, on_progress);
  read_items(
      catalog.contraindications,
      [](const exercises::CatalogFile& file) { return care::contraindication_definition(file); }, items,
      on_progress);
  if (items.empty()) return {};
  const record::Context context{record.index_ids(), record.checks_references(), {}, record.opened()};
  std::size_t added = 0;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    std::vector<record::TransactionEntry> lacking;
    for (const Item& item : items) {
      const auto there = is_there(item, session, context);
      if (!there) return there.error();
      if (*there) continue;
      lacking.push_back({{}, {record::Verb::create, item.type, {}, {}, {}, item.body}});
    }
    added = lacking.size();
    if (lacking.empty()) return {};
    const auto done = write_as_system(record, session, std::move(lacking));
    return done ? std::nullopt : std::optional{done.error()};
  };
  if (auto written = write_now(record, kSeedingStage, work); !written) return written;
  if (added > 0)
    on_progress(fmt::format(
        "Added {} exercises, questionnaires, texts, rules and templates of the catalog to the record.",
        added));
  return {};
}

}  // namespace reprise::server
