// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reprise::sensing {

// Small models of our own, for tests.

inline std::string transform_axis(const std::string& name, const std::string& coordinate,
                                  const std::string& axis, const std::string& function) {
  return "<TransformAxis name=\"" + name + "\"><coordinates>" + coordinate + "</coordinates><axis>" + axis +
         "</axis><function>" + function + "</function></TransformAxis>";
}

inline std::string osim_coordinate(const std::string& name, const std::string& more = "") {
  return "<Coordinate name=\"" + name + "\"><default_value>0</default_value><range>-3 3</range>" + more +
         "</Coordinate>";
}

inline const char* const kLinear = "<LinearFunction><coefficients>1 0</coefficients></LinearFunction>";

/// An arm of two rods as OpenSim 3 writes it: 2 kg and 1 kg, elbow 0.3 m below the shoulder, which is at 1 m.
/// `more`: further elements of the model.
inline std::string arm_of_opensim_3(const std::string& more = "") {
  return R"(<?xml version="1.0"?><OpenSimDocument Version="30000"><Model name="arm"><gravity>0 -9.81 0</gravity>
<BodySet><objects><Body name="ground"><mass>0</mass><Joint/></Body>
<Body name="humerus"><mass>2</mass><mass_center>0 -0.15 0</mass_center>
<inertia_xx>0.02</inertia_xx><inertia_yy>0.002</inertia_yy><inertia_zz>0.02</inertia_zz>
<inertia_xy>0</inertia_xy><inertia_xz>0</inertia_xz><inertia_yz>0.001</inertia_yz>
<Joint><CustomJoint name="shoulder"><parent_body>ground</parent_body><location_in_parent>0 1 0</location_in_parent>
<orientation_in_parent>0 0 0</orientation_in_parent><location>0 0 0</location><orientation>0 0 0</orientation>
<CoordinateSet><objects>)" +
         osim_coordinate("flexion", "<motion_type>rotational</motion_type>") + R"(</objects></CoordinateSet>
<SpatialTransform>)" +
         transform_axis("rotation1", "flexion", "0 0 2", kLinear) +
         transform_axis("rotation2", "", "0 1 0", "<Constant><value>0</value></Constant>") +
         R"(</SpatialTransform></CustomJoint></Joint></Body>
<Body name="forearm"><mass>1</mass><mass_center>0 -0.1 0</mass_center><inertia_xx>0.01</inertia_xx>
<inertia_yy>0.001</inertia_yy><inertia_zz>0.01</inertia_zz>
<Joint><PinJoint name="elbow"><parent_body>humerus</parent_body><location_in_parent>0 -0.3 0</location_in_parent>
<orientation>0 0.1 0</orientation><orientation_in_parent>0 0.1 0</orientation_in_parent><CoordinateSet><objects>)" +
         osim_coordinate(
             "elbow_flexion",
             "<motion_type>rotational</motion_type><clamped>true</clamped><locked>false</locked>") +
         R"(</objects></CoordinateSet></PinJoint></Joint></Body></objects></BodySet>
<MarkerSet><objects>
<Marker name="shoulder"><body>humerus</body><location>0.03 0 0.04</location></Marker>
<Marker name="arm"><body>humerus</body><location>0.04 -0.2 0</location></Marker>
<Marker name="elbow"><body>humerus</body><location>0 -0.3 0.05</location></Marker>
<Marker name="forearm"><body>forearm</body><location>0.03 -0.12 0</location></Marker>
<Marker name="wrist"><body>forearm</body><location>0 -0.25 0.03</location></Marker>
</objects></MarkerSet>)" +
         more + "</Model></OpenSimDocument>";
}

/// The same arm as OpenSim 4 writes it.
inline std::string arm_of_opensim_4(const std::string& more = "") {
  const auto frame = [](const std::string& name, const std::string& of, const std::string& at,
                        const std::string& turned) {
    return "<PhysicalOffsetFrame name=\"" + name + "\"><socket_parent>" + of +
           "</socket_parent><translation>" + at + "</translation><orientation>" + turned +
           "</orientation></PhysicalOffsetFrame>";
  };
  return R"(<?xml version="1.0"?><OpenSimDocument Version="40000"><Model name="arm"><gravity>0 -9.81 0</gravity>
<Ground name="ground"/><BodySet name="bodyset"><objects>
<Body name="humerus"><mass>2</mass><mass_center>0 -0.15 0</mass_center>
<inertia>0.02 0.002 0.02 0 0 0.001</inertia></Body>
<Body name="forearm"><mass>1</mass><mass_center>0 -0.1 0</mass_center><inertia>0.01 0.001 0.01 0 0 0</inertia></Body>
</objects></BodySet><JointSet name="jointset"><objects>
<PinJoint name="elbow"><socket_parent_frame>humerus_offset</socket_parent_frame>
<socket_child_frame>forearm_offset</socket_child_frame><coordinates>)" +
         osim_coordinate("elbow_flexion", "<clamped>true</clamped>") + "</coordinates><frames>" +
         frame("humerus_offset", "/bodyset/humerus", "0 -0.3 0", "0 0.1 0") +
         frame("forearm_offset", "/bodyset/forearm", "0 0 0", "0 0.1 0") + R"(</frames></PinJoint>
<CustomJoint name="shoulder"><socket_parent_frame>ground_offset</socket_parent_frame>
<socket_child_frame>/bodyset/humerus</socket_child_frame><coordinates>)" +
         osim_coordinate("flexion") + "</coordinates><frames>" +
         frame("ground_offset", "/ground", "0 1 0", "0 0 0") + R"(</frames><SpatialTransform>
<TransformAxis name="rotation1"><coordinates>flexion</coordinates><axis>0 0 1</axis>
<LinearFunction name="function"><coefficients>1 0</coefficients></LinearFunction></TransformAxis>
</SpatialTransform></CustomJoint></objects></JointSet><MarkerSet name="markerset"><objects>
<Marker name="wrist"><socket_parent_frame>/bodyset/forearm</socket_parent_frame>
<location>0 -0.25 0.03</location></Marker></objects></MarkerSet>)" +
         more + "</Model></OpenSimDocument>";
}

}  // namespace reprise::sensing
