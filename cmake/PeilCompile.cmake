# One place for how everything is compiled. Results must not depend on the compiler's freedom to
# fuse a multiplication with an addition, hence -ffp-contract=off.
add_library(peil_compile INTERFACE)
target_compile_definitions(peil_compile INTERFACE _POSIX_C_SOURCE=200809L PEIL_VERSION="${PROJECT_VERSION}")
target_compile_options(peil_compile INTERFACE -ffp-contract=off)

add_library(peil_warnings INTERFACE)
target_compile_options(peil_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
    -Wundef -Wformat=2)
if(PEIL_WERROR)
    target_compile_options(peil_warnings INTERFACE -Werror)
endif()
if(PEIL_FUZZ)
    target_compile_options(peil_compile INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PEIL_SANITIZE OR PEIL_FUZZ)
    target_compile_options(peil_compile INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(peil_compile INTERFACE -fsanitize=address,undefined)
endif()
