// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_film.h"

#include <string>

#include "care/outcome/kept_mp4.h"
#include "care/outcome/kept_webm.h"

namespace reprise::care {
namespace {

tl::unexpected<Error> wrong_film(std::string cause) {
  return fail(ErrorCode::invalid_argument, "keeping a film", std::move(cause),
              "make it anew in the app, as MP4 or WebM without metadata, or cut it shorter");
}

}  // namespace

std::string_view media_type_of(FilmContainer container) {
  return container == FilmContainer::mp4 ? "video/mp4" : "video/webm";
}

Result<FilmContainer> check_kept_film(std::string_view bytes, std::size_t most_bytes) {
  if (bytes.size() > most_bytes)
    return wrong_film("it has " + std::to_string(bytes.size()) + " bytes, more than " +
                      std::to_string(most_bytes));
  const bool is_webm = bytes.substr(0, 4) == "\x1a\x45\xdf\xa3";
  if (!is_webm && (bytes.size() < 8 || bytes.substr(4, 4) != "ftyp"))
    return wrong_film("it is neither MP4 nor WebM");
  auto problem = is_webm ? problem_of_webm(bytes) : problem_of_mp4(bytes);
  if (problem) return wrong_film(std::move(*problem));
  return is_webm ? FilmContainer::webm : FilmContainer::mp4;
}

}  // namespace reprise::care
