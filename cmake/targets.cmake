# The functions that every folder's CMakeLists.txt uses.

add_library(pd_warnings INTERFACE)
add_library(pd::warnings ALIAS pd_warnings)
target_compile_options(
  pd_warnings
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
            -Woverloaded-virtual -Wcast-qual -Wold-style-cast -Wundef -Werror
            # GCC 12 sees an overlap in every `"text" + std::string` (its bug 105651, gone with 13).
            $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
            # libstdc++ 12's std::stable_sort uses what it has marked as deprecated itself.
            $<$<AND:$<CXX_COMPILER_ID:Clang>,$<NOT:$<PLATFORM_ID:Emscripten>>>:-Wno-deprecated-declarations>
            # Members that an initializer with names leaves out have defaults: as GCC sees it.
            $<$<CXX_COMPILER_ID:Clang>:-Wno-unknown-warning-option;-Wno-missing-designated-field-initializers>)

# pd_library(NAME base SOURCES a.cpp ... THROWING b.cpp ... DEPENDS pd::x ... PRIVATE_DEPENDS lib::y ...)
# A folder as a static library: target pd_<NAME>, alias pd::<NAME>. DEPENDS are the arrows of the architecture.
# Only files of THROWING catch or throw; in the bundle the others are built without exceptions, which saves a tenth
# of it, and without the type information that only catching needs.
function(pd_library)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;THROWING;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(pd_${arg_NAME} STATIC ${arg_SOURCES} ${arg_THROWING})
  if(EMSCRIPTEN)
    set_source_files_properties(${arg_SOURCES} PROPERTIES COMPILE_OPTIONS "-fno-exceptions;-fno-rtti")
    if("nlohmann_json::nlohmann_json" IN_LIST arg_PRIVATE_DEPENDS)
      # Not of everybody who reads JSON, as strtod is: tests write other things with it.
      target_compile_definitions(pd_${arg_NAME} PRIVATE snprintf=pdc_snprintf)
    endif()
  endif()
  add_library(pd::${arg_NAME} ALIAS pd_${arg_NAME})
  target_include_directories(pd_${arg_NAME} PUBLIC "${PROJECT_SOURCE_DIR}/shared" "${PROJECT_SOURCE_DIR}/wasm")
  target_link_libraries(pd_${arg_NAME} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS} pd::warnings)
endfunction()

# pd_test(NAME base SOURCES x_test.cpp ... OPTIMISED y_test.cpp ... DEPENDS pd::base ...)
# A GoogleTest program test_<NAME>, one entry in ctest; under Emscripten, Node runs it on the real file system, linked of
# the objects that ship. Nothing is optimised once more then, which would take longer than the tests.
# OPTIMISED: sources too, whose own code runs for long. They come first: of a template that several files make, the
# linker takes the first file's, which the libraries are linked with as well.
function(pd_test)
  if(NOT PDC_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "NAME" "SOURCES;OPTIMISED;DEPENDS" ${ARGN})
  add_executable(test_${arg_NAME} ${arg_OPTIMISED} ${arg_SOURCES})
  target_link_libraries(test_${arg_NAME} PRIVATE ${arg_DEPENDS} pd::test_main gtest::gtest pd::warnings)
  if(PDC_SANITIZE OR EMSCRIPTEN)
    # A third of the time of compiling a test was the sanitizers' code in it, optimised; and more of what becomes WASM.
    set(once ${arg_SOURCES})
    list(FILTER once INCLUDE REGEX "_test\\.cpp$")
    set_source_files_properties(${once} PROPERTIES COMPILE_OPTIONS -O0)
  endif()
  if(EMSCRIPTEN)
    target_link_options(test_${arg_NAME} PRIVATE -O1 -Wl,--lto-O0 -sNODERAWFS -sEXIT_RUNTIME -sALLOW_MEMORY_GROWTH
                        -sSTACK_SIZE=1MB -sENVIRONMENT=node)
  endif()
  add_test(NAME ${arg_NAME} COMMAND test_${arg_NAME} --gtest_brief=0)
endfunction()

# pd_fuzzer(NAME descriptor SOURCES x_fuzzer.cpp ... DEPENDS pd::entity ... SEEDS tests/cases/entity ...)
# A libFuzzer program fuzz_<NAME>, part of the target `fuzzers`. SEEDS: folders of the repository whose files
# it starts from; `./run fuzz` reads them from the list beside the program.
add_custom_target(fuzzers)
function(pd_fuzzer)
  if(NOT PDC_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "NAME" "SOURCES;DEPENDS;SEEDS" ${ARGN})
  add_executable(fuzz_${arg_NAME} ${arg_SOURCES})
  target_link_libraries(fuzz_${arg_NAME} PRIVATE ${arg_DEPENDS} pd::warnings)
  target_link_options(fuzz_${arg_NAME} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers fuzz_${arg_NAME})
  list(JOIN arg_SEEDS "\n" seeds)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/fuzz_${arg_NAME}.seeds" "${seeds}\n")
endfunction()
