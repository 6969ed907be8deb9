// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_load_json.h"

#include "session/session_json_fields.h"
#include "session/session_json_writer.h"

namespace reprise::session {
namespace {

constexpr std::string_view kWorkLoadSchema = "reprise.work_load/";

double in_degrees_of(double rad) {
  return to_degrees(Radians{rad}).value();
}

void write_ranged(Writer& a, const char* key, const engine::RangedScore& ranged) {
  a.group(key, [&](Writer& r) {
    r.count("least", ranged.score.least);
    r.count("most", ranged.score.most);
    r.count("level_least", ranged.level.least);
    r.count("level_most", ranged.level.most);
  });
}

void write_share(Writer& a, const char* key, const engine::ShareRange& share) {
  a.group(key, [&](Writer& s) {
    s.number("surely", share.surely, 4);
    s.number("possibly", share.possibly, 4);
  });
}

void write_points(Writer& a, const char* key, const engine::PossibleScores& points) {
  std::vector<int> all;
  points.each([&](int score) { all.push_back(score); });
  a.counts(key, all);
}

void write_answer(Writer& a, const char* key, const std::optional<engine::AnswerValue>& value) {
  if (!value) {
    a.text_or_null(key, "");
  } else if (const bool* yes = std::get_if<bool>(&*value)) {
    a.flag(key, *yes);
  } else if (const double* number = std::get_if<double>(&*value)) {
    a.number(key, *number, 3);
  } else {
    a.text(key, std::string{std::get<std::string_view>(*value)});
  }
}

void write_part(Writer& a, engine::PartScore& part, const engine::WorkAnswers& answers) {
  a.text("part", std::string{engine::info(part.part).name});
  write_points(a, "scores", part.scores);
  a.list("measured", part.measured, [](Writer& m, const engine::MeasuredPoints& step) {
    m.text("angle", std::string{step.what});
    const auto& angle = step.angle;
    m.number("least_deg", angle ? std::optional{in_degrees_of(angle->least_rad)} : std::nullopt, 1);
    m.number("most_deg", angle ? std::optional{in_degrees_of(angle->most_rad)} : std::nullopt, 1);
    write_points(m, "points", step.points);
  });
  a.list("answered", part.answered, [&](Writer& m, const engine::AnsweredPoints& step) {
    m.text("question", std::string{engine::info(step.question).name});
    write_answer(m, "answer", engine::answer(answers, step.question));
    write_points(m, "points", step.points);
  });
}

void write_moment(Writer& a, WorkMoment& moment, const engine::WorkAnswers& answers) {
  a.seconds("time_s", moment.time);
  a.side("side", moment.score.side, false);
  write_ranged(a, "all", {moment.score.scores.range(), moment.score.level});
  write_ranged(a, "measured", moment.measured);
  a.list("parts", moment.score.parts,
         [&](Writer& p, engine::PartScore& part) { write_part(p, part, answers); });
  a.group("figure", [&](Writer& g) {
    g.points("world_m", moment.figure.world_m);
    g.shares("visibility", moment.figure.visibility);
  });
}

void write_load(Writer& a, engine::WorkLoad& load) {
  a.seconds("scored_s", load.scored);
  a.seconds("not_seen_s", load.not_seen);
  a.seconds("not_filmed_s", load.not_filmed);
  a.list("levels", load.shares, [](Writer& l, const engine::LevelShare& share) {
    l.count("level", share.level);
    write_share(l, "all", share.all);
    write_share(l, "measured", share.measured);
  });
  a.list("spans", load.spans, [](Writer& s, const engine::ScoreSpan& span) {
    s.seconds("from_s", span.from);
    s.seconds("to_s", span.to);
    write_ranged(s, "all", span.score.all);
    write_ranged(s, "measured", span.score.measured);
  });
}

void write_document(Writer& a, WorkLoadDocument& d) {
  a.schema("schema", kWorkLoadSchema, kWorkLoadVersion);
  a.notice("notice", d.source.kind == SourceKind::simulated);
  a.text("engine_version", d.engine_version);
  a.group("source", [&](Writer& s) { fields(s, d.source); });
  a.list("models", d.models, [](Writer& m, ModelUsed& model) { fields(m, model); });
  a.group("frames", [&](Writer& f) { fields(f, d.frames); });
  a.text("method", std::string{engine::name(d.method)});
  a.side("side", d.side, false);
  a.choice("view", d.view);
  a.group("answers", [&](Writer& g) {
    for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
      const auto question = engine::work_question_at(i);
      if (engine::asks(d.method, question))
        write_answer(g, std::string{engine::info(question).name}.c_str(),
                     engine::answer(d.answers, question));
    }
  });
  a.group("load", [&](Writer& l) { write_load(l, d.load); });
  a.list("worst", d.worst, [&](Writer& m, WorkMoment& moment) { write_moment(m, moment, d.answers); });
  a.list("warnings", d.warnings, [](Writer& w, Warning& warning) { fields(w, warning); });
  a.texts("not_measured", d.not_measured);
}

}  // namespace

Result<std::string> to_work_load_json(const WorkLoadDocument& document) {
  WorkLoadDocument copy = document;
  std::optional<std::string> problem;
  Writer writer{"", problem};
  write_document(writer, copy);
  if (problem) {
    return fail(ErrorCode::corrupt, "writing work_load.json", *problem,
                "this is an error in the program: please report it with the input");
  }
  return laid_out(writer.take());
}

}  // namespace reprise::session
