// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulation/rendered/deflate.h"
#include "simulation/rendered/tiny_pack.h"
#include "tests/support/test_files.h"

namespace reprise::simulation::rendered {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kTriangle = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\n";

std::string cause_of(const auto& result) {
  return result ? "no error" : result.error().cause;
}

TEST(Deflate, UnpacksWholeFilesOnly) {
  const std::string file = gzipped("twelve bytes");
  EXPECT_EQ(gunzip(file, 100), "twelve bytes");
  EXPECT_EQ(gunzip(file, 12), "twelve bytes");
  EXPECT_FALSE(gunzip(file, 11));
  EXPECT_FALSE(gunzip(file.substr(0, 15), 100));
  EXPECT_FALSE(gunzip("no gzip file", 100));
  // Compressed by zlib: "aaaaaaaaaa" as one literal and a match (RFC 1951, fixed codes).
  EXPECT_EQ(inflate(std::string_view{"\x4b\x4c\x84\x01\x00", 5}, 100), "aaaaaaaaaa");
}

TEST(Texture, ReadsColorsAndOpacity) {
  const auto texture = parse_png(tiny_png(), "a.png");
  ASSERT_TRUE(texture) << to_string(texture.error());
  EXPECT_THAT(texture->at(0.1F, 0.9F), ElementsAre(255, 0, 0, 255));  // v runs upwards
  EXPECT_THAT(texture->at(0.9F, 0.9F), ElementsAre(0, 255, 0, 255));
  EXPECT_THAT(texture->at(0.1F, 0.1F), ElementsAre(0, 0, 255, 255));
  EXPECT_THAT(texture->at(1.9F, 0.1F), ElementsAre(0, 0, 0, 0));  // repeats
  const std::string png = tiny_png();
  EXPECT_THAT(cause_of(parse_png(png.substr(0, 40), "a.png")), HasSubstr("a.png"));
  EXPECT_THAT(cause_of(parse_png("GIF89a", "a.png")), HasSubstr("is no PNG file"));
}

TEST(MeshFile, CutsPolygonsIntoTriangles) {
  const auto mesh = parse_mesh(std::string{kTriangle} + "g side\nf 1 2 4 3\n", "m.obj");
  ASSERT_TRUE(mesh) << to_string(mesh.error());
  const auto& side = mesh->groups.at("side");
  ASSERT_EQ(side.size(), 2U);
  EXPECT_THAT(side[0].point, ElementsAre(0, 1, 3));
  EXPECT_THAT(side[1].point, ElementsAre(0, 3, 2));
}

TEST(MeshFile, NamesTheLineThatIsWrong) {
  EXPECT_EQ(cause_of(parse_mesh(std::string{kTriangle} + "f 1 2 5\n", "m.obj")),
            "m.obj, line 5: a face names a point that does not exist");
  EXPECT_THAT(cause_of(parse_mesh("v 0 0 nan\n", "m.obj")), HasSubstr("line 1"));
  EXPECT_THAT(cause_of(parse_mesh("", "m.obj")), HasSubstr("no points"));
  EXPECT_THAT(cause_of(parse_morph("3 0 0 0\n", "m.target", 3)), HasSubstr("m.target, line 1"));
}

TEST(Garment, SkipsFilesNamedAmongThePoints) {
  const auto garment = parse_garment(
      "obj_file a.obj\nz_scale 1 2 0.5\nverts 0\nmaterial a.mhmat\nvertexboneweights_file a.mhw\n"
      "3\n1 2 3 0.5 0.25 0.25 0.1 0.2 0.3\ndelete_verts\n4 - 6 1\n",
      "a.mhclo", 7);
  ASSERT_TRUE(garment) << to_string(garment.error());
  ASSERT_EQ(garment->points.size(), 2U);
  EXPECT_THAT(garment->points[0].share, ElementsAre(1, 0, 0));
  EXPECT_THAT(garment->points[1].of, ElementsAre(1, 2, 3));
  EXPECT_EQ(garment->points[1].offset, Eigen::Vector3d(0.1, 0.2, 0.3));
  EXPECT_THAT(garment->hides, ElementsAre(4, 5, 6, 1));
  ASSERT_TRUE(garment->scale[2]);
  EXPECT_EQ(garment->scale[2]->distance, 0.5);
}

TEST(Garment, OpensNothingElsewhere) {
  EXPECT_THAT(cause_of(parse_garment("obj_file ../../secret.obj\n", "a.mhclo", 7)), HasSubstr("beside it"));
  EXPECT_THAT(cause_of(parse_garment("obj_file a.obj\nverts 0\n7\n", "a.mhclo", 7)), HasSubstr("line 3"));
  EXPECT_THAT(cause_of(parse_garment("obj_file a.obj\ndelete_verts\n3 - 9\n", "a.mhclo", 7)),
              HasSubstr("line 3"));
}

TEST(Rig, PutsParentsBeforeChildren) {
  const auto mesh = parse_mesh(std::string{kTriangle} + "g joint-a\nf 1 2 3\n", "m.obj");
  ASSERT_TRUE(mesh);
  const auto rig = parse_rig(R"({"b":{"parent":"a","head":{"strategy":"VERTEX","vertex_index":3}},
                                 "a":{"parent":"","head":{"strategy":"CUBE","cube_name":"joint-a"}}})",
                             "rig.json", *mesh);
  ASSERT_TRUE(rig) << to_string(rig.error());
  EXPECT_EQ(rig->bones[0].name, "a");
  EXPECT_THAT(rig->bones[0].head, ElementsAre(0, 1, 2));
  EXPECT_EQ(rig->bones[1].parent, 0);
  const std::string head = R"("head":{"strategy":"VERTEX","vertex_index":3})";
  EXPECT_THAT(cause_of(parse_rig(R"({"a":{"parent":"b",)" + head + R"(},"b":{"parent":"a",)" + head + "}}",
                                 "rig.json", *mesh)),
              HasSubstr("parent"));
  EXPECT_THAT(cause_of(parse_rig(R"({"a":{"parent":"","head":{"strategy":"VERTEX","vertex_index":4}}})",
                                 "rig.json", *mesh)),
              HasSubstr("'a' has no joint"));
  EXPECT_THAT(cause_of(parse_weights(R"({"weights":{"a":[[4,1]]}})", "w.json", *rig, 4)), HasSubstr("'a'"));
}

TEST(SkinWeights, KeepTheStrongestFour) {
  const std::vector<std::pair<int, double>> given = {{1, 0.1},  {2, 0.3}, {3, 0.2},
                                                     {4, 0.05}, {5, 0.4}, {2, 0.1}};
  const SkinWeights weights = strongest(given);
  EXPECT_THAT(weights.bone, ElementsAre(2, 5, 3, 1));
  EXPECT_FLOAT_EQ(weights.share[0], 0.4F / 1.1F);
  EXPECT_FLOAT_EQ(weights.share[3], 0.1F / 1.1F);
  EXPECT_EQ(strongest({}).share[0], 1);  // the root carries it
}

TEST(Pack, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_THAT(cause_of(open_pack(folder / "none")), HasSubstr("there is no folder"));
  write_tiny_pack(folder.path());
  const auto pack = open_pack(folder.path());
  ASSERT_TRUE(pack) << to_string(pack.error());
  EXPECT_THAT(pack->wardrobe.shoes, ElementsAre("shoes_a"));
  EXPECT_TRUE(read_garment(*pack, "clothes/shoes_a"));
  std::filesystem::remove(folder / "clothes/shoes_a/shoes_a_diffuse.png");
  const auto plain = read_garment(*pack, "clothes/shoes_a");
  ASSERT_TRUE(plain) << to_string(plain.error());
  EXPECT_FALSE(plain->texture);
  put_file(folder / "clothes/shoes_a/shoes_a.obj", "v 0 0 0\n");
  EXPECT_THAT(cause_of(read_garment(*pack, "clothes/shoes_a")), HasSubstr("places 3 points, its mesh has 1"));
  put_file(folder / "targets/asian-male-old.target.gz", "damaged");
  EXPECT_THAT(cause_of(read_morph(*pack, "asian-male-old")), HasSubstr("cannot be unpacked"));
  std::filesystem::remove(folder / "rig/rig.game_engine.json");
  const auto without = open_pack(folder.path());
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::simulation::rendered
