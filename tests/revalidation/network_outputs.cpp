// SPDX-License-Identifier: Apache-2.0
// Runs one of the pinned networks on a tensor from a file and writes its raw outputs to another, so that
// litert_parity.mjs can compare them with LiteRT's.
//
//   reprise_network_outputs NETWORK INPUT OUTPUT [--trimmed]
//
// NETWORK: detector, lite, full or heavy. INPUT: 32-bit floats. OUTPUT: every output of the network, one
// behind the other, as 32-bit floats; with --trimmed the person's outline is left out, as in normal use.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "sensing/networks/models.h"
#include "sensing/networks/tflite_reader.h"
#include "sensing/networks/xnn_network.h"

namespace {

using namespace reprise;

Result<void> run(const std::string& name, const std::string& input_path, const std::string& output_path,
                 bool trimmed) {
  const auto folder = sensing::find_model_folder();
  if (!folder) return tl::unexpected<Error>(folder.error());
  const auto variant = sensing::model_variant_from_name(name);
  if (!variant && name != "detector") {
    return fail(ErrorCode::invalid_argument, "reading the arguments", "no network is called " + name,
                "choose detector, lite, full or heavy");
  }
  const auto file =
      sensing::load_model(*folder, variant ? sensing::kLandmarkModels[static_cast<std::size_t>(*variant)]
                                           : sensing::kDetectorModel);
  if (!file) return tl::unexpected<Error>(file.error());
  auto graph = sensing::read_tflite(file->bytes);
  if (!graph) return tl::unexpected<Error>(graph.error());
  if (trimmed) sensing::keep_outputs(*graph, {0, 1, 3, 4});
  const std::size_t output_count = graph->outputs.size();
  const auto network = sensing::XnnNetwork::make(std::move(*graph), nullptr);
  if (!network) return tl::unexpected<Error>(network.error());

  const auto input = (*network)->input();
  std::ifstream in(input_path, std::ios::binary);
  in.read(reinterpret_cast<char*>(input.data()), static_cast<std::streamsize>(input.size_bytes()));
  if (!in || in.peek() != EOF) {
    return fail(ErrorCode::unreadable, "reading the input", input_path + " does not hold one input tensor",
                "give as many 32-bit floats as the network takes");
  }
  if (auto ran = (*network)->run(); !ran) return ran;
  std::ofstream out(output_path, std::ios::binary);
  for (std::size_t i = 0; i < output_count; ++i) {
    const auto values = (*network)->output(i);
    out.write(reinterpret_cast<const char*>(values.data()),
              static_cast<std::streamsize>(values.size_bytes()));
  }
  out.close();
  if (!out)
    return fail(ErrorCode::unwritable, "writing the outputs", output_path, "choose a writable folder");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool trimmed = arguments.size() == 4 && arguments[3] == "--trimmed";
  if (arguments.size() != 3 && !trimmed) {
    std::cerr << "usage: reprise_network_outputs detector|lite|full|heavy INPUT OUTPUT [--trimmed]\n";
    return 2;
  }
  if (const auto done = run(arguments[0], arguments[1], arguments[2], trimmed); !done) {
    std::cerr << to_string(done.error()) << '\n';
    return 1;
  }
  return 0;
}
