# How everything is compiled, whatever the folder.

find_program(PDC_CCACHE ccache)
if(PDC_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${PDC_CCACHE}")
endif()

if(EMSCRIPTEN)
  # yaml-cpp throws; the legacy form of wasm exceptions is what Node 20 and all browsers run.
  add_compile_options(-fwasm-exceptions -msimd128)
  add_link_options(-fwasm-exceptions)
  add_compile_options(-flto -fno-threadsafe-statics -fno-math-errno)
  # At link time a call costs less than a copy of what it calls; small functions are inlined before.
  add_link_options(-flto -Oz "SHELL:-Wl,-mllvm,-inline-threshold=-60" "SHELL:-Wl,-mllvm,-enable-merge-functions")
else()
  # The same floating-point results on every machine: golden images depend on it.
  add_compile_options(-ffp-contract=off)
endif()
add_compile_options(-ffunction-sections -fdata-sections)

if(PDC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(PDC_FUZZ)
  # Coverage of every folder leads the fuzzers, not of their own file alone. The tests are linked of the same
  # objects: a build for the fuzzers alone would compile every folder once more.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
