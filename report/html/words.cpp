// SPDX-License-Identifier: Apache-2.0
#include "report/html/words.h"

#include <algorithm>
#include <array>

namespace reprise::report {
namespace {

struct Entry {
  std::string_view key;
  std::string_view text;
};

// English. In the order of the report.
constexpr std::array kEnglish = {
    Entry{"not_measured", "not measured"},
    Entry{"list.last", " and "},
    Entry{"unit.degrees", "degrees"},
    Entry{"unit.leg_lengths", "leg lengths"},
    Entry{"unit.ankle_distances", "times the distance of the ankles"},
    Entry{"simulated.tag", "SIMULATED"},
    Entry{"simulated.text",
          "Made by a body model to show what a report looks like. This is not a recording of a person."},
    Entry{"simulated.some", "Some of these sessions were made by a body model and show no person."},

    Entry{"head.kicker", "Exercise report"},
    Entry{"head.duration", "{duration} long"},
    Entry{"head.no_duration", "length not known"},
    Entry{"head.view", "filmed {view}"},
    Entry{"view.front", "from the front"},
    Entry{"view.oblique", "from an angle"},
    Entry{"view.side", "from the side"},
    Entry{"view.back", "from behind"},
    Entry{"side.left", "left"},
    Entry{"side.right", "right"},
    Entry{"side.both", "both"},
    Entry{"side.left_short", "L"},
    Entry{"side.right_short", "R"},
    Entry{"side.line_left", "Left side."},
    Entry{"side.line_right", "Right side."},
    Entry{"side.named_by_resting", "The side names the limb that stays, not the one that moves."},
    Entry{"side.performed_left", "Left side, as performed; none was prescribed."},
    Entry{"side.performed_right", "Right side, as performed; none was prescribed."},
    Entry{"side.line_either", "No side prescribed: the side of each repetition is in the table."},
    Entry{"side.line_both", "Both sides together."},
    Entry{"side.line_none", "Whole body."},

    Entry{"summary.heading", "In short"},
    Entry{"lead.repetitions.one", "1 complete repetition."},
    Entry{"lead.repetitions.other", "{n} complete repetitions."},
    Entry{"lead.holds.one", "1 complete hold."},
    Entry{"lead.holds.other", "{n} complete holds."},
    Entry{"lead.not_counted.one", "1 more was seen and not counted."},
    Entry{"lead.not_counted.other", "{n} more were seen and not counted."},
    Entry{"summary.repetitions", "Complete repetitions"},
    Entry{"summary.holds", "Complete holds"},
    Entry{"summary.partial.one", "1 partial: far short of the others"},
    Entry{"summary.partial.other", "{n} partial: far short of the others"},
    Entry{"summary.short.one", "1 shorter than wanted"},
    Entry{"summary.short.other", "{n} shorter than wanted"},
    Entry{"summary.open.one", "1 cut off by the end of the recording"},
    Entry{"summary.open.other", "{n} cut off by the end of the recording"},
    Entry{"summary.other.one", "1 movement that was another one"},
    Entry{"summary.other.other", "{n} movements that were other ones"},
    Entry{"summary.range", "Largest range"},
    Entry{"summary.repetition_number", "repetition {number}"},
    Entry{"summary.hold_number", "hold {number}"},
    Entry{"summary.without", "not measured: {parts}"},
    Entry{"summary.target", "target {value}"},
    Entry{"summary.ceiling", "Ceiling"},
    Entry{"summary.ceiling_kept", "kept every time"},
    Entry{"summary.ceiling_passed", "passed {n} of {of} times"},
    Entry{"summary.tempo", "Tempo, mean"},
    Entry{"summary.tempo_parts", "out · hold · back"},
    Entry{"summary.tempo_wanted", "wanted {value}"},
    Entry{"summary.longest_hold", "Longest hold"},
    Entry{"summary.hold_wanted", "wanted {value}"},
    Entry{"summary.quality", "Quality, mean"},
    Entry{"summary.symmetry", "Left and right"},
    Entry{"summary.symmetry_equal", "no difference"},
    Entry{"summary.left_larger", "left larger by {percent} %"},
    Entry{"summary.right_larger", "right larger by {percent} %"},
    Entry{"summary.symmetry_within", "less than the uncertainty"},
    Entry{"summary.one_side_done", "the set was about one side"},
    Entry{"summary.one_side_seen", "needs both sides, each seen well"},
    Entry{"form.seen", "{rule}: in {n} of {of} (repetition {numbers})"},
    Entry{"form.past_ceiling", "The ceiling of {value} was passed: repetition {numbers}"},
    Entry{"form.clean", "Not seen: {rules}."},
    Entry{"form.hidden", "Cannot be judged in this view: {rules}."},
    Entry{"empty.no_repetition", "No repetition of {exercise} was counted."},
    Entry{"empty.no_hold", "No hold of {exercise} was counted."},
    Entry{"empty.seen", "What the camera saw"},
    Entry{"empty.change", "What to change"},
    Entry{"empty.no_frames", "The recording holds no pictures."},
    Entry{"empty.no_person", "No person was found in any of {frames} pictures."},
    Entry{"empty.no_values", "A person was seen, but {measure} could not be measured in any picture."},
    Entry{"empty.range", "{measure} stayed within {range}."},
    Entry{"empty.needed",
          "A repetition leaves rest near {rest}, moves by at least {excursion}, and aims at {target}."},
    Entry{"empty.generic",
          "Check that the right exercise was chosen, and film the whole body from start to end, the camera "
          "standing "
          "still."},

    Entry{"warnings.heading", "Before you rely on it"},

    Entry{"chart.heading", "Movement over time"},
    Entry{"chart.axis", "{measure}, {unit}"},
    Entry{"chart.no_scale", "{measure}, without a scale"},
    Entry{"chart.no_scale_note",
          "Filmed from here, the line shows when there was movement, not how far it went."},
    Entry{"chart.uncertain", "poorly seen, uncertain"},
    Entry{"chart.complete", "complete repetition"},
    Entry{"chart.complete_hold", "complete hold"},
    Entry{"chart.partial", "partial, not counted"},
    Entry{"chart.open", "cut off, not counted"},
    Entry{"chart.gap", "not measured"},
    Entry{"chart.target", "target {value}"},
    Entry{"chart.ceiling", "ceiling {value}"},
    Entry{"chart.limit", "limit {value}"},
    Entry{"chart.nothing", "{measure} was not measured in any picture, so there is nothing to draw."},
    Entry{"chart.description",
          "{measure} over time with {n} repetitions shaded. The numbers are in the table of repetitions."},
    Entry{"chart.small_description", "{measure} over time. In complete repetitions: {ranges}."},
    Entry{"chart.note",
          "Smoothed in both directions, so peaks are not delayed. A broken line was not measured there."},

    Entry{"figures.heading", "The body at the extreme of each repetition"},
    Entry{"figures.heading_hold", "The body in each hold"},
    Entry{"figures.note",
          "As the camera saw it. Dotted parts were hidden and are estimates; the farther side is lighter."},
    Entry{"figures.note_angle", "The dashed line is neutral zero, the arc the angle measured from it."},
    Entry{"figures.note_ratio", "The colored line shows the measured distance."},
    Entry{"figures.note_turned", "Beside it, turned to the side; there the depth is only an estimate."},
    Entry{"figures.note_chosen", "{n} of {of} are drawn, evenly chosen."},
    Entry{"figures.description", "Figure at the extreme of repetition {number}: {measure} {value}."},
    Entry{"figures.turned_description", "The same figure of repetition {number}, turned to its side."},

    Entry{"outcome.complete", "complete"},
    Entry{"outcome.partial", "partial"},
    Entry{"outcome.open", "cut off"},
    Entry{"outcome.past_ceiling", "past the ceiling"},
    Entry{"table.heading", "Repetitions"},
    Entry{"table.heading_hold", "Holds"},
    Entry{"table.caption", "Range: {measure}, lowest to highest."},
    Entry{"table.uncertainty", "Each end is uncertain by about {value}."},
    Entry{"table.smoothness_note", "Smoothness is the spectral arc length (SPARC): nearer to 0 is smoother."},
    Entry{"table.number", "No."},
    Entry{"table.start", "Start"},
    Entry{"table.side", "Side"},
    Entry{"table.outcome", "Outcome"},
    Entry{"table.range", "Range"},
    Entry{"table.tempo", "Out · hold · back"},
    Entry{"table.held", "Held"},
    Entry{"table.speed", "Peak speed"},
    Entry{"table.smoothness", "Smoothness"},
    Entry{"table.faults", "Form"},
    Entry{"table.quality", "Quality"},
    Entry{"fault.none", "nothing seen"},
    Entry{"fault.not_judged", "not judged"},
    Entry{"fault.value", "({value}, limit {limit})"},
    Entry{"fault.change", "(changed by {value}, limit {limit})"},

    Entry{"quality.heading", "Quality and what it is made of"},
    Entry{"quality.what",
          "A sum of shown parts, 0 to 100, against this exercise’s own targets. It is no clinical score "
          "and has no published validity; read the parts, not only the sum."},
    Entry{"quality.caption", "Points by part; a bar’s slot is as wide as the points that were possible."},
    Entry{"quality.bar", "Parts drawn"},
    Entry{"quality.of", "of {n}"},
    Entry{"quality.mean", "Mean of the complete repetitions"},
    Entry{"quality.example",
          "Quality = 100 × points ÷ possible points of the measured parts. Repetition {number}: 100 × "
          "({points}) ÷ "
          "({possible}) = {score}."},
    Entry{"part.range", "Range"},
    Entry{"part.tempo", "Tempo"},
    Entry{"part.smoothness", "Smoothness"},
    Entry{"part.form", "Form"},
    Entry{"quality.range", "Full points at the target, in proportion below; none past a ceiling."},
    Entry{"quality.tempo",
          "Full points within 1.5 times the wanted time of each part; none at 3 times slower or faster."},
    Entry{"quality.smoothness",
          "Full points at SPARC −1.6 or nearer to 0, none at −3.5. Not measured below 20 pictures a second."},
    Entry{"quality.form", "All points, less the weight of each form fault times how far it went."},

    Entry{"measures.heading", "Other measures"},
    Entry{"measures.note",
          "Under each name: unit, lowest to highest within the complete repetitions. Dashed: the limit of a "
          "form rule."},

    Entry{"measures.no_repetition", "no complete repetition"},
    Entry{"measures.wrong_view", "Not measured: the exercise was not filmed from where it is judged."},

    Entry{"trust.heading", "What to trust, and what not"},
    Entry{"trust.view_heading", "Camera"},
    Entry{"trust.view", "Filmed {view}."},
    Entry{"trust.view_unknown", "From where the person was filmed could not be told."},
    Entry{"trust.view_fits", "That fits: this exercise is judged {views}."},
    Entry{"trust.view_wrong",
          "This exercise is judged {views}, so ranges, form and quality are not measured here; only the "
          "repetitions were counted."},
    Entry{"trust.frames_heading", "Pictures"},
    Entry{"trust.frames", "The person was found in {with} of {total} pictures ({percent})."},
    Entry{"trust.uncertainty_heading", "Uncertainty"},
    Entry{"trust.uncertainty",
          "Angles come from one camera. The ± is an estimate of how far the true angle may lie from the one "
          "shown; it "
          "grows where joints are hidden or the camera looks along the movement. A difference between two "
          "reports that is "
          "smaller than it says nothing."},
    Entry{"trust.uncertainty_here", "Here: {measure} ± {value}."},
    Entry{"trust.notation_heading", "How angles are written"},
    Entry{"trust.notation",
          "Clinical neutral-zero: 0° is the neutral position (straight joint, hanging arm, upright trunk). A "
          "range goes "
          "from the lowest to the highest angle used in the exercise; it is not the most that the joint can "
          "do."},
    Entry{"trust.notation_here",
          "{range} would be noted {triple} (extension–0–flexion, or adduction–0–abduction)."},
    Entry{"trust.not_measured_heading", "Not measured"},
    Entry{"trust.never_measured",
          "turning of a limb about its own length, single segments of the spine, forces, pain, effort"},
    Entry{"trust.review_heading", "Review"},
    Entry{"trust.review", "Content of this exercise: {status}."},
    Entry{"trust.not_reviewed", "not clinically reviewed"},
    Entry{"trust.device_heading", "Use"},
    Entry{"trust.device", "Reprise is not a medical device and makes no diagnosis. A clinician decides."},
    Entry{"visibility.caption", "How well each part was seen, mean over the recording"},
    Entry{"visibility.part", "Part"},
    Entry{"visibility.used", "used by the main measure"},
    Entry{"visibility.well", "well"},
    Entry{"visibility.fair", "fairly"},
    Entry{"visibility.poor", "poorly"},
    Entry{"body.shoulder", "Shoulder"},
    Entry{"body.elbow", "Elbow"},
    Entry{"body.wrist", "Wrist"},
    Entry{"body.hip", "Hip"},
    Entry{"body.knee", "Knee"},
    Entry{"body.ankle", "Ankle"},
    Entry{"body.foot", "Foot"},

    Entry{"provenance.heading", "Where this comes from"},
    Entry{"source.video", "Video"},
    Entry{"source.landmarks", "Landmarks from a file"},
    Entry{"source.simulated", "SIMULATED by the body model"},
    Entry{"provenance.source", "Source"},
    Entry{"provenance.file", "File"},
    Entry{"provenance.recorded", "Recorded, as the file says"},
    Entry{"provenance.options", "Options"},
    Entry{"provenance.pictures", "Picture size"},
    Entry{"provenance.duration", "Duration"},
    Entry{"provenance.rate", "Frame rate"},
    Entry{"provenance.per_second", "{n} pictures a second"},
    Entry{"provenance.frames", "Frames"},
    Entry{"provenance.frame_counts",
          "{total}, of these {with} with a person; lost and found again: {reacquired}; most "
          "people at once: {people}"},
    Entry{"provenance.exercise", "Exercise"},
    Entry{"provenance.entry", "{id}, version {version}"},
    Entry{"provenance.engine", "Measured by"},
    Entry{"provenance.models", "Model"},
    Entry{"provenance.no_models", "none"},
    Entry{"footer.text", "Not a medical device. A clinician decides."},

    Entry{"combined.kicker", "Sessions compared"},
    Entry{"combined.exercises", "Several exercises"},
    Entry{"combined.sessions.one", "1 session"},
    Entry{"combined.sessions.other", "{n} sessions"},
    Entry{"combined.days", "{first} to {last}"},
    Entry{"combined.by_day",
          "In order of the recording times that the video files give; a converted file may give the time of "
          "its "
          "conversion."},
    Entry{"combined.by_name", "In order of the file names: not all recordings say when they were made."},
    Entry{"combined.cautions", "Before you compare"},
    Entry{"combined.person", "Nothing here tells whether all sessions show the same person."},
    Entry{"combined.person_remedy", "Compare only what you know to be one person’s."},
    Entry{"combined.differ", "The sessions were not made alike, so their numbers cannot all be compared."},
    Entry{"combined.differ_remedy", "Lines in the charts join only neighbors that were made alike."},
    Entry{"combined.alike",
          "All were made alike: same exercise and version, same networks and engine, filmed from the same "
          "side."},
    Entry{"combined.in.one", "session"},
    Entry{"combined.in.other", "sessions"},
    Entry{"differs.exercise", "Exercise"},
    Entry{"differs.content", "Targets and rules"},
    Entry{"differs.content_number", "version {n} of their content"},
    Entry{"differs.source", "Source"},
    Entry{"differs.networks", "Networks"},
    Entry{"differs.engine", "Measured by"},
    Entry{"differs.view", "Filmed"},
    Entry{"differs.view_unknown", "from where is not known"},
    Entry{"differs.side", "Side prescribed"},
    Entry{"differs.side_none", "none"},
    Entry{"differs.ceiling", "Ceiling"},
    Entry{"differs.ceiling_none", "none"},
    Entry{"differs.rate", "Pictures a second"},
    Entry{"differs.rate_enough", "20 or more"},
    Entry{"differs.rate_low", "fewer than 20, so quality leaves smoothness out"},
    Entry{"trend.heading", "Over the sessions"},
    Entry{"trend.note",
          "Numbers below are the sessions of the table, evenly spaced, not by time. A band or an upright "
          "line is the "
          "uncertainty."},
    Entry{"trend.other_exercises", "Different exercises cannot be drawn in one chart; the table has each."},
    Entry{"trend.reached", "{measure} reached, mean of the complete repetitions"},
    Entry{"trend.held", "Time held, mean of the complete holds"},
    Entry{"trend.symmetry", "Left more than right, share of the larger side"},
    Entry{"trend.symmetry_short", "Left more than right"},
    Entry{"trend.single", "Only in session {n}: {value}."},
    Entry{"trend.change", "First {first}, last {last}."},
    Entry{"trend.not_comparable", "They were not made alike: the difference says nothing."},
    Entry{"trend.within", "The difference is not larger than the uncertainty (± {value}): it says nothing."},
    Entry{"trend.beyond", "The difference is larger than the uncertainty (± {value})."},
    Entry{"combined.table", "Sessions"},
    Entry{"combined.caption",
          "Reached: {measure}, mean of the complete repetitions. Each name leads to that session’s own "
          "report."},
    Entry{"combined.recording", "Recording"},
    Entry{"combined.day", "Day"},
    Entry{"combined.complete", "Complete"},
    Entry{"combined.reached", "Reached"},
    Entry{"combined.warnings", "Warnings"},
    Entry{"combined.not_known", "not known"},
    Entry{"combined.failed", "Not analyzed"},
    Entry{"combined.failed_note", "These recordings gave no session and are missing above."},
};

std::string_view text_of(std::string_view key) {
  const auto* const found =
      std::find_if(kEnglish.begin(), kEnglish.end(), [&](const Entry& e) { return e.key == key; });
  return found == kEnglish.end() ? std::string_view{} : found->text;
}

}  // namespace

Words::Words(std::string_view /*language*/) {}

std::string Words::operator()(std::string_view key, std::initializer_list<Fill> fills) const {
  const std::string_view text = text_of(key);
  if (text.empty()) return '[' + std::string{key} + ']';
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {  // once through, so that braces in a filled-in text stay as they are
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(at, open - at);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    for (const auto& [fill, value] : fills) {
      if (fill == name) out += value;
    }
    at = close + 1;
  }
  return out += text.substr(at);
}

std::string Words::count(std::string_view key, int n) const {
  return (*this)(std::string{key} + (n == 1 ? ".one" : ".other"), {{"n", std::to_string(n)}});
}

}  // namespace reprise::report
