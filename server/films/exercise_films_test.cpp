// SPDX-License-Identifier: Apache-2.0
#include "server/films/exercise_films.h"

#include "fhir/profiles/vocabulary.h"
#include "server/films/exercise_film.h"
#include "tests/support/reaction_fixture.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;

/// A box of MP4: its size, its type, its content.
std::string box(const char* type, const std::string& content) {
  const auto size = static_cast<std::uint32_t>(8 + content.size());
  std::string made;
  for (int shift = 24; shift >= 0; shift -= 8) made.push_back(static_cast<char>((size >> shift) & 0xFF));
  return made + type + content;
}

/// `more`: in the movie box.
std::string film_bytes(const std::string& more = "", std::size_t pictures = 64) {
  const std::string handler = std::string(8, '\0') + "vide" + std::string(13, '\0');
  return box("ftyp", std::string("isom\0\0\2\0isomiso2", 16)) +
         box("moov",
             box("mvhd", std::string(100, '\0')) + box("trak", box("mdia", box("hdlr", handler))) + more) +
         box("mdat", std::string(pictures, 'p'));
}

std::string poster_bytes() {
  return "\xff\xd8" + std::string("\xff\xda\x00\x08", 4) + std::string(32, 'p') + "\xff\xd9";
}

class ExerciseFilmsTest : public ReactionFixture {
 protected:
  ExerciseFilmsTest() : ReactionFixture(guard_exercise_films) {
    for (const std::string id : {"squat", "bridge"})
      put("ActivityDefinition", id,
          {{"url", fhir::kExercisePrefix + id}, {"version", "1"}, {"status", "active"}});
  }

  http::Response films(const Browser& browser, http::Request request) {
    request.fields.push_back({"host", browser.host});
    if (!browser.cookie.empty()) request.fields.push_back({"cookie", browser.cookie});
    if (!browser.csrf.empty()) request.fields.push_back({"x-csrf-token", browser.csrf});
    std::promise<http::Response> answered;
    films_.handle(std::move(request),
                  [&](http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get();
  }
  http::Response get(const Browser& browser, const std::string& address, std::vector<http::Field> fields = {},
                     const char* method = "GET") {
    return films(browser, {method, "/exercise-films/" + address, std::move(fields), {}, {}, true});
  }
  http::Response post(const Browser& browser, const char* type, const std::string& bytes) {
    return films(browser, {"POST", "/exercise-films", {{"content-type", type}}, bytes, {}, true});
  }
  std::string stored(const char* type, const std::string& bytes) {
    const auto response = post(clinician_, type, bytes);
    EXPECT_EQ(response.status, 201U) << response.body;
    return Json::parse(response.body, nullptr, false).value("id", "");
  }
  Json library(const std::string& film, const std::string& poster, const std::string& exercise = "squat") {
    return {{"resourceType", "Library"},
            {"extension",
             {{{"url", fhir::kFilmLeave}, {"valueBoolean", true}},
              {{"url", fhir::kFilmSide}, {"valueCode", "left"}}}},
            {"url", fhir::kExerciseFilmPrefix + exercise},
            {"status", "active"},
            {"type", {{"coding", {{{"system", fhir::kLibrary}, {"code", "exercise-film"}}}}}},
            {"relatedArtifact", {{{"type", "depends-on"}, {"resource", fhir::kExercisePrefix + exercise}}}},
            {"content",
             {{{"extension", {{{"url", fhir::kFilmSeconds}, {"valueDecimal", 12.5}}}},
               {"contentType", "video/mp4"},
               {"url", "Binary/" + film}},
              {{"contentType", "image/jpeg"}, {"url", "Binary/" + poster}}}}};
  }
  struct Kept {
    std::string library;
    std::string film;
    std::string poster;
    [[nodiscard]] std::string address() const { return library + "/" + film; }
  };
  Kept add_film() {
    const std::string film = stored("video/mp4", film_bytes());
    const std::string poster = stored("image/jpeg", poster_bytes());
    const auto answer =
        fhir(clinician_, "PUT", "/Library?url=urn:reprise:exercise-film:squat", library(film, poster));
    EXPECT_EQ(answer.status, 201U) << answer.json.dump();
    return {answer.json.value("id", ""), film, poster};
  }
  /// Writes the Library of a film that is there anew; the status.
  unsigned change_film(Browser& browser, const Kept& kept, const char* status = "active") {
    Json changed = library(kept.film, kept.poster);
    changed["id"] = kept.library;
    changed["status"] = status;
    return fhir(browser, "PUT", "/Library/" + kept.library, changed).status;
  }
  static std::string field(const http::Response& response, const char* name) {
    const auto* found = http::find_field(response.fields, name);
    return found != nullptr ? *found : "";
  }

  ExerciseFilms films_{*record_};
};

TEST_P(ExerciseFilmsTest, EveryUserSeesTheFilmWhoHasSignedIn) {
  const Kept kept = add_film();
  Browser other = person("bob", Role::patient, "b");
  for (const Browser* reader : {&clinician_, &patient_, &other}) {
    const auto response = get(*reader, kept.address());
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, film_bytes());
    EXPECT_EQ(field(response, "content-type"), "video/mp4");
    EXPECT_EQ(field(response, "accept-ranges"), "bytes");
    EXPECT_THAT(field(response, "cache-control"), HasSubstr("private"));
    EXPECT_THAT(field(response, "cache-control"), HasSubstr("immutable"));
    EXPECT_THAT(field(response, "content-security-policy"), HasSubstr("sandbox"));
    EXPECT_EQ(get(*reader, kept.library + "/" + kept.poster).body, poster_bytes());
  }
  EXPECT_EQ(get(Browser{}, kept.address()).status, 401U) << "not signed in";
  EXPECT_EQ(get(Browser{}, kept.address()).body.find("ftyp"), std::string::npos);
}

TEST_P(ExerciseFilmsTest, SendsTheAskedPart) {
  const Kept kept = add_film();
  const std::string all = film_bytes();
  for (int times = 0; times < 2; ++times) {  // out of the record, then out of memory
    const auto begin = get(patient_, kept.address(), {{"range", "bytes=0-1"}});
    EXPECT_EQ(begin.status, 206U);
    EXPECT_EQ(begin.body, all.substr(0, 2));
    EXPECT_EQ(field(begin, "content-range"), "bytes 0-1/" + std::to_string(all.size()));
  }
  EXPECT_EQ(get(patient_, kept.address(), {{"range", "bytes=-4"}}).body, "pppp");
  EXPECT_EQ(get(patient_, kept.address(), {{"range", "bytes=99999-"}}).status, 416U);
  EXPECT_EQ(get(patient_, kept.address(), {{"range", "bytes=0-1,3-4"}}).body, all);
  const auto known = get(patient_, kept.address(), {{"if-none-match", '"' + kept.film + '"'}});
  EXPECT_EQ(known.status, 304U);
  EXPECT_EQ(get(patient_, kept.address(), {{"range", "bytes=0-1"}}, "HEAD").status, 200U);
}

TEST_P(ExerciseFilmsTest, HasNothingAtOtherAddresses) {
  const Kept kept = add_film();
  const Kept none{kept.library, "none", ""};
  for (const std::string& address : {none.address(), "none/" + kept.film, kept.library + "/", "/" + kept.film,
                                     kept.address() + "/more", std::string{"../" + kept.film}})
    EXPECT_EQ(get(clinician_, address).status, 404U) << address;
  EXPECT_EQ(get(clinician_, kept.address() + "?x=/y").status, 200U);
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"})
    EXPECT_EQ(get(clinician_, kept.address(), {}, method).status, 405U) << method;
}

TEST_P(ExerciseFilmsTest, ARemovedFilmIsHiddenFromPatientsUntilItIsPutBack) {
  const Kept kept = add_film();
  ASSERT_EQ(change_film(clinician_, kept, "retired"), 200U);
  EXPECT_EQ(get(patient_, kept.address()).status, 404U);
  EXPECT_EQ(get(clinician_, kept.address()).status, 200U);
  ASSERT_EQ(change_film(clinician_, kept), 200U);
  EXPECT_EQ(get(patient_, kept.address()).status, 200U);
}

TEST_P(ExerciseFilmsTest, AReplacedFilmIsNoLongerServed) {
  const Kept kept = add_film();
  const Kept next{kept.library, stored("video/mp4", film_bytes("", 100)), kept.poster};
  ASSERT_EQ(change_film(clinician_, next), 200U);
  EXPECT_EQ(get(patient_, kept.address()).status, 404U);
  EXPECT_EQ(get(patient_, next.address()).status, 200U);
  const auto earlier = fhir(clinician_, "GET", "/Library/" + kept.library + "/_history/1");
  EXPECT_EQ(earlier.json["content"][0]["url"], "Binary/" + kept.film) << "the record still says which it was";
}

TEST_P(ExerciseFilmsTest, ErasesAllFilmsOfAnExerciseForGood) {
  const Kept kept = add_film();
  const Kept next{kept.library, stored("video/mp4", film_bytes("", 100)), kept.poster};
  ASSERT_EQ(change_film(clinician_, next), 200U);
  ASSERT_EQ(get(patient_, next.address()).status, 200U) << "it is in memory";
  EXPECT_EQ(get(patient_, kept.library, {}, "DELETE").status, 403U);
  EXPECT_EQ(get(clinician_, "none", {}, "DELETE").status, 404U);
  EXPECT_EQ(get(clinician_, kept.library, {}, "DELETE").status, 204U);
  EXPECT_EQ(get(clinician_, next.address()).status, 404U);
  EXPECT_EQ(fhir(clinician_, "GET", "/Library/" + kept.library).status, 410U);
  const auto connection = database_.open();
  for (const char* table : {"resource", "old_version"}) {
    std::int64_t left = 0;
    EXPECT_TRUE(
        connection->query(std::string{"SELECT count(*) FROM "} + table +
                              " WHERE content LIKE '%video/mp4%' " + "AND content LIKE '%\"data\"%'",
                          {}, [&](record::Row row) { return left = std::get<std::int64_t>(row[0]), false; }));
    EXPECT_EQ(left, 0) << table;
  }
  const Kept again = add_film();
  EXPECT_EQ(get(patient_, again.address()).status, 200U) << "another one may follow";
}

TEST_P(ExerciseFilmsTest, OnlyTheClinicAddsFilms) {
  EXPECT_EQ(post(patient_, "video/mp4", film_bytes()).status, 403U);
  EXPECT_EQ(post(Browser{}, "video/mp4", film_bytes()).status, 401U);
  Browser elsewhere = clinician_;
  elsewhere.csrf.clear();
  EXPECT_EQ(post(elsewhere, "video/mp4", film_bytes()).status, 403U) << "from a page of another site";
  const Kept kept = add_film();
  EXPECT_EQ(change_film(patient_, kept, "retired"), 403U);
  EXPECT_EQ(fhir(patient_, "GET", "/Library/" + kept.library).status, 200U);
  EXPECT_GE(fhir(patient_, "GET", "/Binary/" + kept.film).status, 400U) << "by its own address alone";
}

TEST_P(ExerciseFilmsTest, RefusesBytesThatAreNoPlainFilm) {
  EXPECT_EQ(post(clinician_, "video/mp4", "").status, 422U);
  EXPECT_EQ(post(clinician_, "video/mp4", poster_bytes()).status, 422U);
  EXPECT_EQ(post(clinician_, "video/webm", film_bytes()).status, 422U);
  EXPECT_EQ(post(clinician_, "video/quicktime", film_bytes()).status, 422U);
  EXPECT_EQ(post(clinician_, "text/html", "<script>").status, 422U);
  const std::string place = box("udta", box("\xa9xyz", std::string("\0\x12\x15\xc7+48.2+016.3/", 17)));
  const auto refused = post(clinician_, "video/mp4", film_bytes(place));
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(refused.body.find("+48.2"), std::string::npos) << "the answer does not say where";
  EXPECT_EQ(post(clinician_, "video/mp4", film_bytes("", kMostFilmBytes)).status, 413U);
}

TEST_P(ExerciseFilmsTest, KeepsAFilmOfTheLargestSize) {
  const std::string largest = film_bytes("", kMostFilmBytes - film_bytes("", 0).size());
  ASSERT_EQ(largest.size(), kMostFilmBytes);
  const std::string film = stored("video/mp4", largest);
  const std::string poster = stored("image/jpeg", poster_bytes());
  const auto answer = fhir(clinician_, "POST", "/Library", library(film, poster));
  ASSERT_EQ(answer.status, 201U) << answer.json.dump();
  const auto response = get(patient_, answer.json.value("id", "") + "/" + film);
  EXPECT_EQ(response.status, 200U);
  EXPECT_TRUE(response.body == largest);
}

TEST_P(ExerciseFilmsTest, RefusesALibraryThatIsNoFilmInItsForm) {
  const Kept kept = add_film();
  const auto refused = [&](const char* what, auto change) {
    Json changed = library(kept.film, kept.poster);
    changed["id"] = kept.library;
    change(changed);
    const auto answer = fhir(clinician_, "PUT", "/Library/" + kept.library, changed);
    EXPECT_EQ(answer.status, 422U) << what << answer.json.dump();
  };
  refused("without leave", [](Json& film) { film["extension"][0]["valueBoolean"] = false; });
  refused("without a word about leave", [](Json& film) { film["extension"].erase(std::size_t{0}); });
  refused("of no known side", [](Json& film) { film["extension"][1]["valueCode"] = "up"; });
  refused("too long", [](Json& film) { film["content"][0]["extension"][0]["valueDecimal"] = 90.1; });
  refused("without a length", [](Json& film) { film["content"][0].erase("extension"); });
  refused("without a poster", [](Json& film) { film["content"].erase(std::size_t{1}); });
  refused("a poster as a film", [&](Json& film) { film["content"][0]["url"] = "Binary/" + kept.poster; });
  refused("elsewhere", [](Json& film) { film["content"][0]["url"] = "https://example.org/film.mp4"; });
  refused("missing", [](Json& film) { film["content"][0]["url"] = "Binary/none"; });
  refused("as data", [](Json& film) { film["content"][0]["data"] = "AAAA"; });
  refused("of an unknown exercise", [](Json& film) {
    film["url"] = "urn:reprise:exercise-film:none";
    film["relatedArtifact"][0]["resource"] = "urn:reprise:exercise:none";
  });
  refused("of two exercises", [](Json& film) { film["url"] = "urn:reprise:exercise-film:bridge"; });
  refused("in another status", [](Json& film) { film["status"] = "draft"; });
  const auto second = fhir(clinician_, "POST", "/Library", library(kept.film, kept.poster));
  EXPECT_EQ(second.status, 422U) << "one film of an exercise";
}

// Else a Library could show one patient's picture to all.
TEST_P(ExerciseFilmsTest, NeverServesWhatIsAboutAPatient) {
  Json binary = film_binary("image/jpeg", poster_bytes());
  binary["id"] = "photo";
  binary["securityContext"] = {{"reference", "Patient/a"}};
  EXPECT_GE(fhir(clinician_, "PUT", "/Binary/photo", binary).status, 400U) << "a film is about no patient";
  EXPECT_GE(fhir(patient_, "PUT", "/Binary/photo", binary).status, 400U);
  binary.erase("meta");
  ASSERT_EQ(put_by_program(binary), 201U);
  const Kept kept = add_film();
  Json changed = library(kept.film, "photo");
  changed["id"] = kept.library;
  EXPECT_EQ(fhir(clinician_, "PUT", "/Library/" + kept.library, changed).status, 422U);
  ASSERT_EQ(put_by_program(changed), 200U) << "past the guard";
  EXPECT_EQ(get(clinician_, kept.library + "/photo").status, 404U);
}

TEST_P(ExerciseFilmsTest, AFilmStaysAsItWasSent) {
  const Kept kept = add_film();
  Json binary = film_binary("video/mp4", film_bytes("", 200));
  binary["id"] = kept.film;
  EXPECT_GE(fhir(clinician_, "PUT", "/Binary/" + kept.film, binary).status, 400U);
  fhir(clinician_, "DELETE", "/Binary/" + kept.film);
  EXPECT_EQ(get(patient_, kept.address()).body, film_bytes());
}

TEST_P(ExerciseFilmsTest, TheLogSaysWhoAddedIt) {
  const Kept kept = add_film();
  const auto all = events();
  const auto found = std::find_if(all.begin(), all.end(), [&](const record::AuditEntry& entry) {
    return entry.resource_id == kept.film;
  });
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->act, record::AuditAct::create);
  EXPECT_EQ(found->agent, record::AuditAgent::clinician);
  EXPECT_EQ(found->person, "dr-a");
}

INSTANTIATE_TEST_SUITE_P(On, ExerciseFilmsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
