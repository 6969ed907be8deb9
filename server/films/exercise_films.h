// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "record/store/record.h"
#include "server/films/film_contents.h"
#include "server/http/server.h"

namespace reprise::server {

constexpr std::string_view kFilmsPath = "/exercise-films";

/// A clinic's own films of exercises, outside FHIR's API: in parts, as browsers play a film, and for each
/// user who has signed in. Thread-safe; its functions return at once.
class ExerciseFilms {
 public:
  explicit ExerciseFilms(record::Record& record);

  /// Answers
  /// - GET and HEAD of "/exercise-films/LIBRARY/BINARY": the film or the poster that a Library names. A
  ///   removed one is there for clinicians and administrators alone;
  /// - POST of "/exercise-films": keeps a film or a poster for a Library to name, by a clinician or an
  ///   administrator. The response has the id of its Binary;
  /// - DELETE of "/exercise-films/LIBRARY": erases all films that this Library ever named, as when the person
  ///   in them takes the leave back, and deletes the Library.
  void handle(http::Request request, http::Respond respond);

 private:
  void answer_request(const http::Request& request, record::Connection& connection,
                      const http::Respond& respond);
  void answer_content(const http::Request& request, record::Connection& connection,
                      const record::Permission& permission, const http::Respond& respond);
  void store_content(const http::Request& request, const record::Permission& permission,
                     const http::Respond& respond);
  void erase_films(const http::Request& request, const record::Permission& permission,
                   const http::Respond& respond);

  record::Record& record_;
  FilmContents contents_;
};

}  // namespace reprise::server
