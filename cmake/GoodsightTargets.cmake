# goodsight_add_room(NAME SOURCES file... [LIBS target...] [PRIVATE_LIBS target...])
# One room of core (or ui): a static library goodsight_NAME with our compiler settings.
function(goodsight_add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LIBS;PRIVATE_LIBS" ${ARGN})
  add_library(goodsight_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(goodsight_${name} PUBLIC goodsight_options ${ROOM_LIBS} PRIVATE ${ROOM_PRIVATE_LIBS})
endfunction()

# What tests run with under a sanitizer. ThreadSanitizer cannot judge what Qt, GLib and GStreamer, which are not built for
# it, do among themselves. LeakSanitizer dies on the thread-local blocks of LibTorch's libraries, so
# it does not look into them; what a library's thread keeps there is told from its whole call stack, for which the fast
# unwinder is not enough where libraries have no frame pointers.
set(GOODSIGHT_SANITIZER_OPTIONS
  "ASAN_OPTIONS=fast_unwind_on_malloc=0:malloc_context_size=16"
  "TSAN_OPTIONS=ignore_noninstrumented_modules=1:suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp"
  "LSAN_OPTIONS=use_tls=0:print_suppressions=0:suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp")
# ThreadSanitizer does not see the barriers of GCC's OpenMP: what a thread did before one looks like a race with what
# another does after it. Parallel regions have one thread under it.
if(GOODSIGHT_SANITIZE MATCHES "thread")
  list(APPEND GOODSIGHT_SANITIZER_OPTIONS OMP_THREAD_LIMIT=1)
endif()

# goodsight_add_test(NAME SOURCES file... LIBS target... [TIMEOUT seconds])
# One GoogleTest program goodsight_NAME_tests, its cases listed one by one in ctest and run without a display.
# TIMEOUT ends a case that hangs, in seconds.
function(goodsight_add_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LIBS" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300) # a test of a second takes a minute on a machine that is busy with ten other things
  endif()
  add_executable(goodsight_${name}_tests ${T_SOURCES})
  target_link_libraries(goodsight_${name}_tests PRIVATE goodsight_options goodsight_testsupport ${T_LIBS})
  if(NOT MSVC)
    # Optimising assertions takes half of a clean build's time and makes no test better.
    target_compile_options(goodsight_${name}_tests PRIVATE -O0)
  endif()
  # Of a list among the PROPERTIES only the first item arrives, so the environment is set by a file that ctest reads.
  # Listing the cases starts the program too.
  gtest_discover_tests(goodsight_${name}_tests
    DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${T_TIMEOUT} ENVIRONMENT QT_QPA_PLATFORM=offscreen)
  set(environment "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;${GOODSIGHT_SANITIZER_OPTIONS}")
  set(file "${CMAKE_CURRENT_BINARY_DIR}/goodsight_${name}_environment.cmake")
  file(WRITE "${file}.new" "if(goodsight_${name}_tests_TESTS)
  set_tests_properties(\${goodsight_${name}_tests_TESTS} PROPERTIES ENVIRONMENT \"${environment}\")
endif()
")
  file(COPY_FILE "${file}.new" "${file}" ONLY_IF_DIFFERENT)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${file}")
endfunction()
