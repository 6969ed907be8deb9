// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"

namespace reprise::cli {
namespace {

std::string words_of(const CLI::App& app) {
  std::string words;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    words += sub->get_name() + " ";
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  return words;
}

// One function for bash; zsh runs it through bashcompinit, fish has a line for each word.
std::string bash_script(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    cases += fmt::format("    {}) words=\"{}\" ;;\n", sub->get_name(), words_of(*sub));
  }
  return fmt::format(R"bash(_reprise() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" words
  COMPREPLY=()
  case "$before" in
    -e|--exercise|show|generate)
      words="$(reprise exercises list --json 2>/dev/null | sed -n 's/.*"id": "\(.*\)",/\1/p')"
      COMPREPLY=($(compgen -W "$words" -- "$current")); return ;;
    --model) COMPREPLY=($(compgen -W "blend lite full heavy" -- "$current")); return ;;
    --side) COMPREPLY=($(compgen -W "left right both" -- "$current")); return ;;
  esac
  case "${{COMP_WORDS[1]}}" in
{}    *) words="{}" ;;
  esac
  if [[ $COMP_CWORD -eq 1 || $current == -* || ${{COMP_WORDS[1]}} == exercises ||
    ( ${{COMP_WORDS[1]}} == fhir && $COMP_CWORD -eq 2 ) ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}}
complete -o default -F _reprise reprise
)bash",
                     cases, words_of(app));
}

std::string fish_script(const CLI::App& app) {
  std::string script = "complete -c reprise -n __fish_use_subcommand -f\n";
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    script += fmt::format("complete -c reprise -n __fish_use_subcommand -a {} -d '{}'\n", sub->get_name(),
                          sub->get_description());
    for (const CLI::Option* option : sub->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        script += fmt::format("complete -c reprise -n '__fish_seen_subcommand_from {}' -l {} -d '{}'\n",
                              sub->get_name(), name, option->get_description());
      }
    }
  }
  return script;
}

}  // namespace

void add_completion_command(CLI::App& app, ExitCode& code) {
  auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion", "Print a completion script for your shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("Example:\n  reprise completion bash > ~/.local/share/bash-completion/completions/reprise");
  command->callback([&app, shell, &code] {
    code = ExitCode::success;
    if (*shell == "fish") {
      fmt::print("{}", fish_script(app));
    } else {
      fmt::print("{}{}", *shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "",
                 bash_script(app));
    }
  });
}

}  // namespace reprise::cli
