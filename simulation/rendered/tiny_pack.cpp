// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/tiny_pack.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <vector>

namespace reprise::simulation::rendered {
namespace {

namespace fs = std::filesystem;

struct TinyBone {
  std::string name;
  std::string parent;
  std::array<double, 3> at;  ///< x to the left, y up, z forward
};

std::vector<TinyBone> tiny_bones() {
  std::vector<TinyBone> bones = {{"Root", "", {0, 0, 0}},
                                 {"pelvis", "Root", {0, 9.4, 0}},
                                 {"spine_01", "pelvis", {0, 10.2, 0}},
                                 {"spine_02", "spine_01", {0, 11.2, 0}},
                                 {"spine_03", "spine_02", {0, 12.2, 0}},
                                 {"neck_01", "spine_03", {0, 14.8, 0}},
                                 {"head", "neck_01", {0, 16, 0.2}}};
  for (const double out : {1.0, -1.0}) {
    const std::string side = out > 0 ? "_l" : "_r";
    const TinyBone limbs[] = {
        {"clavicle", "spine_03", {0.2, 14.4, 0}},  {"upperarm", "clavicle_", {1.7, 14.2, 0}},
        {"lowerarm", "upperarm_", {3.6, 12.2, 0}}, {"hand", "lowerarm_", {5.3, 10.4, 0.4}},
        {"pinky_01", "hand_", {5.9, 9.8, 0.2}},    {"index_01", "hand_", {5.7, 9.7, 0.9}},
        {"thumb_02", "hand_", {5.3, 10.0, 1.1}},   {"thigh", "pelvis", {0.9, 9.2, 0}},
        {"calf", "thigh_", {1.1, 5, 0.1}},         {"foot", "calf_", {1.2, 0.9, 0}},
        {"ball", "foot_", {1.2, 0.3, 1.3}}};
    for (TinyBone bone : limbs) {
      if (bone.parent.back() == '_') bone.parent += side.substr(1);
      bone.name += side;
      bone.at[0] *= out;
      bones.push_back(bone);
    }
  }
  return bones;
}

void put(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

/// zlib's "stored" block: no compression.
std::string stored(std::string_view bytes) {
  const auto size = static_cast<unsigned>(bytes.size());
  std::string out{'\x01'};
  for (const unsigned length : {size, ~size}) {
    out += static_cast<char>(length & 255U);
    out += static_cast<char>(length >> 8U & 255U);
  }
  return out + std::string{bytes};
}

std::string chunk(const std::string& kind, const std::string& data) {
  std::string out;
  for (unsigned shift = 32; shift > 0;) out += static_cast<char>(data.size() >> (shift -= 8) & 255U);
  return out + kind + data + std::string(4, '\0');  // the checksum is not looked at
}

}  // namespace

std::string gzipped(std::string_view bytes) {
  return std::string{"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10} + stored(bytes) + std::string(8, '\0');
}

std::string tiny_png() {
  using namespace std::string_literals;
  const std::string rows = "\0\xff\0\0\xff\0\xff\0\xff"s + "\0\0\0\xff\xff\0\0\0\0"s;
  return "\x89PNG\r\n\x1a\n"s + chunk("IHDR", "\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0"s) +
         chunk("IDAT", "\x78\x01"s + stored(rows)) + chunk("IEND", "");
}

void write_tiny_pack(const fs::path& folder) {
  std::string points;
  std::string faces = "g body\n";
  std::string joints;
  std::string rig;
  std::string weights;
  int next = 0;  // point
  constexpr double kSize = 0.3;
  constexpr std::array<std::array<double, 3>, 4> kCorners = {
      {{1, 1, 1}, {-1, -1, 1}, {-1, 1, -1}, {1, -1, -1}}};
  for (const TinyBone& bone : tiny_bones()) {
    for (const auto& corner : kCorners) {
      points += fmt::format("v {} {} {}\n", bone.at[0] + kSize * corner[0], bone.at[1] + kSize * corner[1],
                            bone.at[2] + kSize * corner[2]);
    }
    for (int i = 0; i < 3; ++i) points += fmt::format("v {} {} {}\n", bone.at[0], bone.at[1], bone.at[2]);
    const int one = next + 1;
    if (bone.name != "Root") {
      faces += fmt::format("f {0}/1 {1}/1 {2}/1\nf {0} {3} {1}\nf {0} {2} {3}\nf {1} {3} {2}\n", one, one + 1,
                           one + 2, one + 3);
    }
    joints += fmt::format("g joint-{}\nf {} {} {}\n", bone.name, one + 4, one + 5, one + 6);
    rig += fmt::format(R"({}"{}":{{"parent":"{}","head":{{"strategy":"CUBE","cube_name":"joint-{}"}}}})",
                       rig.empty() ? "" : ",", bone.name, bone.parent, bone.name);
    weights += fmt::format(R"({}"{}":[)", weights.empty() ? "" : ",", bone.name);
    for (int i = 0; i < 7; ++i) weights += fmt::format("{}[{},1.0]", i == 0 ? "" : ",", next + i);
    weights += "]";
    next += 7;
  }
  put(folder / "base.obj", "# tiny\n" + points + "vt 0.25 0.75\n" + faces + joints);
  put(folder / "rig" / "rig.game_engine.json", "{" + rig + "}");
  put(folder / "rig" / "weights.game_engine.json", R"({"weights":{)" + weights + "}}");

  const std::string nothing = gzipped("# moves nothing\n0 0 0 0\n");
  for (const std::string sex : {"female", "male"}) {
    for (const std::string age : {"young", "old"}) {
      std::vector<std::string> names;
      for (const std::string descent : {"african-", "asian-", "caucasian-"})
        names.push_back(descent + sex + "-" + age);
      for (const std::string end : {"minweight", "maxweight"})
        names.push_back("universal-" + sex + "-" + age + "-averagemuscle-" + end);
      for (const std::string end : {"minheight", "maxheight"})
        names.push_back(sex + "-" + age + "-averagemuscle-averageweight-" + end);
      for (const std::string& name : names) put(folder / "targets" / (name + ".target.gz"), nothing);
    }
  }
  for (const std::string garment : {"clothes/female_a", "clothes/male_a", "clothes/shoes_a", "hair/a"}) {
    const fs::path path = folder / garment;
    const std::string name = path.filename().string();
    put(path / (name + ".mhclo"), "# tiny\nobj_file " + name +
                                      ".obj\nx_scale 0 1 0.6\nverts 0\nmaterial a.mhmat\n7\n8\n"
                                      "9 10 7 0.5 0.25 0.25 0 0.1 0\ndelete_verts\n7 - 8 9\n");
    put(path / (name + ".obj"), "v 0 0 0\nv 0 0 0\nv 0 0 0\nvt 0.2 0.8\nf 1/1 2/1 3/1\n");
    put(path / (name + "_diffuse.png"), tiny_png());
  }
}

}  // namespace reprise::simulation::rendered
