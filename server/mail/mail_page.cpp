// SPDX-License-Identifier: Apache-2.0
#include "server/mail/mail_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/markup.h"
#include "server/mail/mail_colors.h"
#include "translations/texts.h"

namespace reprise::server::mail {
namespace {

constexpr std::string_view kLinkBegin = "  http";

/// The subject without the site's name, which stands above it.
std::string title_of(const MailWords& words) {
  std::string_view title = words.subject;
  const std::string site = std::string{words.site} + ": ";
  if (title.starts_with(site)) title.remove_prefix(site.size());
  std::string text{title};
  if (!text.empty() && static_cast<unsigned char>(text[0]) < 0x80)
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// Styles stand at their elements, because some programs drop all others; those that know dark mode read
/// these, too.
std::string dark_styles() {
  const MailColors& dark = dark_colors();
  return fmt::format(
      "@media (prefers-color-scheme: dark) {{\n"
      ".ground {{ background: {} !important; }}\n.card {{ background: {} !important; border-color: {} "
      "!important; }}\n"
      ".text {{ color: {} !important; }}\n.quiet {{ color: {} !important; }}\n.address {{ color: {} "
      "!important; }}\n"
      ".action {{ background: {} !important; color: {} !important; }}\n}}\n",
      dark.ground, dark.card, dark.rule, dark.text, dark.quiet, dark.accent, dark.action, dark.on_action);
}

class Page {
 public:
  explicit Page(const MailWords& words) : words_(words) {}

  std::string write() {
    head();
    for (std::string_view rest = words_.text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line.starts_with(kLinkBegin)) {
        link(line.substr(2));
      } else if (line.empty()) {
        close_paragraph();
      } else {
        sentence(line);
      }
    }
    close_paragraph();
    out_ += "</div>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void head() {
    out_ += fmt::format(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
        "<title>{}</title>\n<style>\n:root {{ color-scheme: light dark; }}\n{}</style>\n</head>\n",
        markup_escaped(words_.language), translations::direction_of(words_.language),
        markup_escaped(words_.subject), dark_styles());
    out_ += fmt::format(
        "<body class=\"ground\" style=\"margin: 0; padding: 24px 12px; background: {};\">\n"
        "<div class=\"card\" style=\"max-width: 512px; margin: 0 auto; padding: 28px 24px 12px; background: "
        "{}; "
        "border: 1px solid {}; border-radius: 14px; font-family: system-ui, -apple-system, 'Segoe UI', "
        "Roboto, "
        "'Helvetica Neue', Arial, sans-serif;\">\n",
        light_.ground, light_.card, light_.rule);
    out_ += fmt::format(
        "<p class=\"quiet\" style=\"margin: 0; font-size: 14px; line-height: 20px; color: {};\">{}</p>\n"
        "<h1 class=\"text\" style=\"margin: 4px 0 16px; font-size: 22px; line-height: 28px; font-weight: "
        "600; "
        "color: {};\">{}</h1>\n",
        light_.quiet, markup_escaped(words_.site), light_.text, markup_escaped(title_of(words_)));
  }

  void sentence(std::string_view line) {
    if (in_paragraph_) {
      out_ += "<br>\n";
    } else {
      out_ += fmt::format(
          "<p class=\"text\" style=\"margin: 0 0 16px; font-size: 16px; line-height: 24px; color: {};\">",
          light_.text);
    }
    in_paragraph_ = true;
    out_ += markup_escaped(line);
  }

  void close_paragraph() {
    if (in_paragraph_) out_ += "</p>\n";
    in_paragraph_ = false;
  }

  void link(std::string_view address) {
    close_paragraph();
    const std::string to = markup_escaped(address);
    const bool is_first = links_ == 0;
    const std::string label = links_ < words_.labels.size() ? markup_escaped(words_.labels[links_]) : to;
    ++links_;
    if (is_first) {
      out_ += fmt::format(
          "<p style=\"margin: 0 0 8px;\"><a class=\"action\" href=\"{}\" style=\"display: inline-block; "
          "padding: 14px 24px; background: {}; color: {}; border-radius: 8px; font-size: 16px; line-height: "
          "24px; "
          "font-weight: 600; text-decoration: none;\">{}</a></p>\n",
          to, light_.action, light_.on_action, label);
    } else {
      out_ += fmt::format(
          "<p style=\"margin: 0;\"><a class=\"address\" href=\"{}\" style=\"display: inline-block; "
          "padding: "
          "10px 0; color: {}; font-size: 16px; line-height: 24px;\">{}</a></p>\n",
          to, light_.accent, label);
    }
    // In letters, too: readers see where it leads before they follow it.
    out_ += fmt::format(
        "<p class=\"quiet\" style=\"margin: 0 0 20px; font-size: 13px; line-height: 18px; overflow-wrap: "
        "anywhere; "
        "word-break: break-word; color: {};\">{}</p>\n",
        light_.quiet, to);
  }

  const MailWords& words_;
  const MailColors& light_ = light_colors();
  std::string out_;
  std::size_t links_ = 0;
  bool in_paragraph_ = false;
};

}  // namespace

std::string mail_page(const MailWords& words) {
  return Page(words).write();
}

}  // namespace reprise::server::mail
