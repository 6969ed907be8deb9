// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/film.h"

#include "sensing/video/video_writer.h"

namespace reprise::simulation::rendered {

std::vector<std::uint8_t> draw_picture(const Take& take, std::size_t frame,
                                       const std::vector<SkinnedPart>& parts, const FilmCamera& camera,
                                       const SampleBuffer& backdrop, SampleBuffer& buffer) {
  buffer = backdrop;
  FloorShadow(parts, take.light).cast(camera, buffer);
  draw_figure(take.figure, parts, camera, take.light, buffer);
  std::vector<std::uint8_t> picture = resolve(buffer);
  spoil(picture, camera.width, camera.height, take.options.flaws, take.options.seed * 100'003 + frame);
  return picture;
}

Result<std::vector<Film>> film(const Take& take, const std::function<bool(int frames)>& drawn) {
  std::vector<SampleBuffer> backdrops;
  std::vector<sensing::VideoWriter> writers;
  SampleBuffer buffer;
  for (const FilmCamera& camera : take.cameras) {
    backdrops.push_back(draw_room(room_of(take, camera), camera, take.light));
    auto writer = sensing::VideoWriter::start({.width = camera.width,
                                               .height = camera.height,
                                               .frame_rate = take.options.frame_rate,
                                               .title = "rendered " + take.title,
                                               .simulated = true,
                                               .rate_factor = take.options.flaws.compression});
    if (!writer) return tl::unexpected(writer.error());
    writers.push_back(std::move(*writer));
  }
  for (std::size_t f = 0; f < take.poses.size(); ++f) {
    const auto parts = skin(take.figure, take.poses[f]);
    for (std::size_t c = 0; c < take.cameras.size(); ++c) {
      const FilmCamera& camera = take.cameras[c];
      const auto picture = draw_picture(take, f, parts, camera, backdrops[c], buffer);
      const auto added = writers[c].add(
          {picture.data(), camera.width, camera.height, static_cast<std::ptrdiff_t>(camera.width) * 3, 3});
      if (!added) return tl::unexpected(added.error());
    }
    if (!drawn(static_cast<int>(f) + 1))
      return fail(ErrorCode::cancelled, "filming a rendered clip", "it was stopped", "start it again");
  }
  std::vector<Film> films;
  for (std::size_t c = 0; c < writers.size(); ++c) {
    auto bytes = writers[c].finish();
    if (!bytes) return tl::unexpected(bytes.error());
    films.push_back({take.cameras[c].name, std::move(*bytes)});
  }
  return films;
}

}  // namespace reprise::simulation::rendered
