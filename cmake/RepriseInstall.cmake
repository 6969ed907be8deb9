# SPDX-License-Identifier: Apache-2.0
# Installs the libraries that measure (not the server), for find_package(reprise), and the command with its data.
#
#   cmake --install build/release --prefix DIR [--component development|command|data]
#
# development: libraries, headers, package files; command: bin/reprise; data: exercises and networks, needed by both.

include(CMakePackageConfigHelpers)

# From a recording to its document, each before those that link it.
set(installed_modules base json translations signal balance orientation gait heart multibody muscle pose scene skeleton
  inverse_kinematics cameras synthesis kinematics function_tests camera_gait posture ergonomics exercise game
  repetitions
  recognition exercises session
  assessments measurements number_text xml files activity landmarks motion_capture networks opensim signals video report
  pipeline)

foreach(module IN LISTS installed_modules)
  set_target_properties(reprise_${module} PROPERTIES EXPORT_NAME ${module} POSITION_INDEPENDENT_CODE ON)
  # Shared libraries may be made of them, Python's among them; calls inside stay direct all the same.
  target_compile_options(reprise_${module} PRIVATE -fno-semantic-interposition)
  list(APPEND installed_targets reprise_${module})
endforeach()

add_custom_target(reprise_libraries DEPENDS ${installed_targets})

install(TARGETS ${installed_targets} EXPORT reprise
  ARCHIVE DESTINATION lib COMPONENT development
  FILE_SET HEADERS DESTINATION include/reprise COMPONENT development
  INCLUDES DESTINATION include)
install(EXPORT reprise NAMESPACE reprise:: FILE reprise-targets.cmake DESTINATION lib/cmake/reprise
  COMPONENT development)
configure_package_config_file(cmake/reprise-config.cmake.in reprise-config.cmake
  INSTALL_DESTINATION lib/cmake/reprise)
write_basic_package_version_file(reprise-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/reprise-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/reprise-config-version.cmake
  DESTINATION lib/cmake/reprise COMPONENT development)

install(TARGETS reprise RUNTIME COMPONENT command)
install(DIRECTORY catalog DESTINATION share/reprise COMPONENT data)
set(networks ${PROJECT_SOURCE_DIR}/node_modules/@mediapipe/pose)
install(FILES ${networks}/pose_solution_packed_assets.data ${networks}/pose_landmark_lite.tflite
  ${networks}/pose_landmark_full.tflite ${networks}/pose_landmark_heavy.tflite
  DESTINATION share/reprise/models PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ COMPONENT data)
install(FILES LICENSE DESTINATION share/doc/reprise COMPONENT data)
