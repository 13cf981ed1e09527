# Compiler settings that every target of ours shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(GOODSIGHT_CCACHE ccache)
if(GOODSIGHT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${GOODSIGHT_CCACHE})
endif()

add_library(goodsight_options INTERFACE)
target_include_directories(goodsight_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(goodsight_options INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT GOODSIGHT_VERSION="${PROJECT_VERSION}")
if(MSVC)
  target_compile_options(goodsight_options INTERFACE /W4 /WX /utf-8 /permissive-)
  target_compile_definitions(goodsight_options INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN UNICODE _UNICODE)
else()
  target_compile_options(goodsight_options INTERFACE -Wall -Wextra -Wshadow -Wconversion -Werror)
endif()
if(GOODSIGHT_SANITIZE)
  # Everywhere, third-party sources included: a half-instrumented binary reports what is not there.
  add_compile_options(-fsanitize=${GOODSIGHT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GOODSIGHT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC's own manual: this warning is wrong in code that sanitizers have changed.
    target_compile_options(goodsight_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
