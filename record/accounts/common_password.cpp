// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/common_password.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace reprise::record {
namespace {

constexpr std::size_t kFewestRemaining = 6;
constexpr std::size_t kShortestRun = 4;       // of neighboring keys or letters
constexpr std::size_t kShortestRepeated = 3;  // of one character
constexpr std::size_t kShortestSiteWord = 4;

// Compiled for this project from words known to be frequent in English, German and Spanish passwords. With
// the rules below each stands for thousands of variants. Lower case, no digits.
constexpr std::array kFrequentWords = {
    // passwords about passwords
    "password", "passwort", "passwd", "passcode", "kennwort", "contrasena", "contraseña", "letmein", "login",
    "access", "zugang", "secret", "secreto", "geheim", "geheimnis", "changeme", "default", "trustno",
    "whatever",
    // users and machines
    "administrator", "administrador", "admin", "root", "guest", "gast", "user", "usuario", "benutzer",
    "system", "computer", "internet", "server", "master", "google", "facebook", "microsoft", "test",
    // greetings and affection
    "welcome", "willkommen", "bienvenido", "hello", "hallo", "hola", "iloveyou", "iloveu", "ichliebedich",
    "teamo", "tequiero", "lovely", "loveme", "love", "liebe", "schatz", "princess", "princesa", "angel",
    "sunshine", "sonnenschein", "sunflower", "flower", "blume", "estrella", "freedom", "mybaby", "babygirl",
    // teams, games and stories
    "football", "fussball", "futbol", "baseball", "basketball", "soccer", "liverpool", "arsenal", "chelsea",
    "barcelona", "realmadrid", "bayern", "schalke", "superman", "batman", "spiderman", "pokemon", "starwars",
    "minecraft", "naruto", "dragon", "monkey", "tiger", "shadow", "hunter", "killer", "ninja", "samsung",
    "ferrari", "mercedes", "porsche", "corvette", "harley", "mustang", "yamaha",
    // names
    "michael", "michelle", "jennifer", "jessica", "charlie", "jordan", "daniel", "thomas", "andreas",
    "alexander", "alejandro", "nicole", "ashley", "andrea", "carlos", "george", "robert",
    // seasons, months and days
    "summer", "winter", "spring", "autumn", "sommer", "herbst", "fruehling", "verano", "invierno", "otono",
    "primavera", "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "januar", "februar", "juni", "juli", "oktober", "dezember", "enero", "febrero",
    "marzo", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "monday", "friday", "sunday",
    "montag", "freitag", "sonntag", "lunes", "viernes", "domingo",
    // this product and its setting
    "reprise", "physiotherapy", "physiotherapie", "fisioterapia", "physio", "fisio", "therapy", "therapie",
    "terapia", "therapist", "clinician", "clinic", "klinik", "clinica", "praxis", "patient", "paciente",
    "doctor", "doktor", "hospital", "krankenhaus", "health", "gesundheit", "salud", "exercise", "ejercicio",
    "training"};

// Rows of keys that a finger may slide along, in either direction.
constexpr std::array<std::string_view, 10> kRows = {"01234567890",
                                                    "qwertyuiop",
                                                    "qwertzuiop",
                                                    "asdfghjkl",
                                                    "zxcvbnm",
                                                    "yxcvbnm",
                                                    "azertyuiop",
                                                    "qsdfghjklm",
                                                    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
                                                    "abcdefghijklmnopqrstuvwxyz"};

bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// Returns the text in lower case without blanks.
std::string folded(std::string_view text) {
  std::string small;
  for (const char c : text) {
    if (c != ' ') small += lower_case(c);
  }
  return small;
}

/// Returns the length of the prefix whose characters are neighbors in one of the rows.
std::size_t run_at_the_beginning(std::string_view text) {
  std::size_t longest = 0;
  for (const std::string_view row : kRows) {
    for (const int step : {1, -1}) {
      auto at = row.find(text.front());
      std::size_t length = 0;
      while (at < row.size() && length < text.size() && row[at] == text[length]) {
        ++length;
        at = step > 0 ? at + 1 : at - 1;  // wraps to an invalid index before the first
      }
      longest = std::max(longest, length);
    }
  }
  return longest;
}

std::string without_runs(std::string_view text) {
  std::string rest;
  while (!text.empty()) {
    const std::size_t same = std::min(text.find_first_not_of(text.front()), text.size());
    const std::size_t run = run_at_the_beginning(text);
    std::size_t taken = 1;
    if (run >= kShortestRun) taken = run;
    if (same >= kShortestRepeated) taken = std::max(taken, same);
    if (taken == 1) rest += text.front();
    text.remove_prefix(taken);
  }
  return rest;
}

/// Removes digits and signs at both ends; letters beyond ASCII stay.
std::string_view trimmed(std::string_view text) {
  const auto is_end = [](char c) { return c >= 0 && !is_small_letter(c); };
  while (!text.empty() && is_end(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_end(text.back())) text.remove_suffix(1);
  return text;
}

/// Turns "p4$$w0rd" into "password".
std::string with_letters_for_digits(std::string_view text) {
  constexpr std::string_view kWritten = "013457@$!";
  constexpr std::string_view kMeant = "oieastasi";
  std::string meant{text};
  for (char& c : meant) {
    if (const auto at = kWritten.find(c); at != std::string_view::npos) c = kMeant[at];
  }
  return meant;
}

void remove_each(std::string& text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
    text.erase(at, word.size());
}

std::size_t characters_in_rest(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

bool is_common_password(std::string_view password, std::span<const std::string> site_words) {
  std::vector<std::string> words(kFrequentWords.begin(), kFrequentWords.end());
  for (const std::string& word : site_words) {
    if (word.size() >= kShortestSiteWord) words.push_back(folded(word));
  }
  // "administrator" comes before "admin", because the latter would leave its end behind.
  std::stable_sort(words.begin(), words.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  std::string rest = with_letters_for_digits(trimmed(without_runs(folded(password))));
  for (const std::string& word : words) remove_each(rest, word);
  return characters_in_rest(trimmed(rest)) < kFewestRemaining;
}

}  // namespace reprise::record
