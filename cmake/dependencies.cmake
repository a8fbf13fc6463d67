# Third-party sources, at the versions of cmake/pins.txt: from the cache folder where tools/setup/sources.sh
# has put them, else by FetchContent from upstream's tag. Each becomes one target, built as SYSTEM (its
# warnings are not ours).
include(FetchContent)

if(DEFINED ENV{XDG_CACHE_HOME})
  set(PDC_CACHE "$ENV{XDG_CACHE_HOME}/pagerduty-card")
else()
  set(PDC_CACHE "$ENV{HOME}/.cache/pagerduty-card")
endif()

# Reads the line of `name` in pins.txt; sets <name>_SOURCE_DIR to an unpacked tree.
function(pdc_source name)
  file(STRINGS "${PROJECT_SOURCE_DIR}/cmake/pins.txt" line REGEX "^source +${name} ")
  string(REGEX REPLACE " +" ";" fields "${line}")
  list(GET fields 5 digest)
  list(GET fields 6 repository)
  list(GET fields 7 tag)
  string(SUBSTRING "${digest}" 0 12 short_digest)
  set(cached "${PDC_CACHE}/sources/${name}-${short_digest}")
  string(TOUPPER "${name}" upper_name)
  if(EXISTS "${cached}" AND NOT FETCHCONTENT_SOURCE_DIR_${upper_name})
    set(FETCHCONTENT_SOURCE_DIR_${upper_name} "${cached}")
  endif()
  FetchContent_Declare(${name} GIT_REPOSITORY "${repository}" GIT_TAG "${tag}" GIT_SHALLOW TRUE)
  FetchContent_GetProperties(${name})
  if(NOT ${name}_POPULATED)
    FetchContent_Populate(${name})
  endif()
  set(${name}_SOURCE_DIR "${${name}_SOURCE_DIR}" PARENT_SCOPE)
endfunction()

function(pdc_system_target target)
  get_target_property(folders ${target} INTERFACE_INCLUDE_DIRECTORIES)
  set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${folders}")
endfunction()

pdc_source(imgui)
# Without its widgets and tables: see imgui_core.cpp. Of imgui.cpp the bundle links little: see drawing_context.h.
add_library(imgui STATIC "${imgui_SOURCE_DIR}/imgui.cpp" "${imgui_SOURCE_DIR}/imgui_draw.cpp"
                         "${PROJECT_SOURCE_DIR}/wasm/text/imgui_core.cpp")
if(EMSCRIPTEN)
  target_sources(imgui PRIVATE "${PROJECT_SOURCE_DIR}/cmake/small_trig.cpp")
  target_compile_definitions(imgui PRIVATE cosf=pdc_cosf sinf=pdc_sinf)
  target_compile_options(imgui PRIVATE -fno-exceptions -fno-rtti)
endif()
add_library(imgui::imgui ALIAS imgui)
target_include_directories(imgui SYSTEM PUBLIC "${imgui_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/wasm/text")
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="pdc_imconfig.h")

pdc_source(yaml-cpp)
# Its parser; nodes and the emitter are not used.
set(yaml_cpp_sources depthguard directives exceptions exp null parser regex_yaml scanner scanscalar scantag scantoken
                     simplekey singledocparser stream tag)
list(TRANSFORM yaml_cpp_sources REPLACE "(.+)" "${yaml-cpp_SOURCE_DIR}/src/\\1.cpp")
add_library(yaml-cpp STATIC ${yaml_cpp_sources})
add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
target_include_directories(yaml-cpp SYSTEM PUBLIC "${yaml-cpp_SOURCE_DIR}/include")
target_compile_definitions(yaml-cpp PUBLIC YAML_CPP_STATIC_DEFINE)
if(EMSCRIPTEN)
  target_compile_options(yaml-cpp PUBLIC "SHELL:-include \"${PROJECT_SOURCE_DIR}/cmake/small_streams.h\"")
endif()

pdc_source(json)
# No stream operators, no positions, no literals: the bundle counts bytes.
set(json_definitions JSON_NO_IO=1 JSON_USE_GLOBAL_UDLS=0)
if(EMSCRIPTEN)
  add_library(nlohmann_json STATIC "${PROJECT_SOURCE_DIR}/cmake/small_snprintf.cpp"
                                   "${PROJECT_SOURCE_DIR}/cmake/small_strtod.cpp")
  target_compile_definitions(nlohmann_json PUBLIC ${json_definitions} strtod=pdc_strtod)
  target_include_directories(nlohmann_json SYSTEM PUBLIC "${json_SOURCE_DIR}/single_include")
else()
  add_library(nlohmann_json INTERFACE)
  target_compile_definitions(nlohmann_json INTERFACE ${json_definitions})
  target_include_directories(nlohmann_json SYSTEM INTERFACE "${json_SOURCE_DIR}/single_include")
endif()
add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)

pdc_source(stb)
add_library(stb INTERFACE)
add_library(stb::stb ALIAS stb)
target_include_directories(stb SYSTEM INTERFACE "${stb_SOURCE_DIR}")

if(PDC_BUILD_TESTS)
  pdc_source(googletest)
  add_library(gtest STATIC "${googletest_SOURCE_DIR}/googletest/src/gtest-all.cc")
  add_library(gtest::gtest ALIAS gtest)
  target_include_directories(gtest SYSTEM PUBLIC "${googletest_SOURCE_DIR}/googletest/include")
  target_include_directories(gtest PRIVATE "${googletest_SOURCE_DIR}/googletest")
  target_compile_definitions(gtest PUBLIC GTEST_HAS_PTHREAD=0)
  if(PDC_SANITIZE) # as the tests, see targets.cmake
    target_compile_options(gtest PRIVATE -O0)
  endif()
endif()

# The fonts of native golden tests; empty where they could not be had (those tests then say "skipped").
file(GLOB PDC_TEST_FONT_DIRS "${PDC_CACHE}/fonts/*-????????????")
list(JOIN PDC_TEST_FONT_DIRS "|" PDC_TEST_FONT_DIRS)
