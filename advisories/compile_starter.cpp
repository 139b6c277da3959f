// SPDX-License-Identifier: Apache-2.0
//
// A step of the build: compiles the records of the starter feed into an index.
#include "preflight/advisory/feed.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/workers.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>

namespace {

void compile(const std::filesystem::path& records, const std::filesystem::path& index) {
    preflight::CallingThread worker;
    const auto loaded = preflight::advisory::load_records({&records, 1}, worker);
    if (!loaded.unreadable.empty()) {
        const auto& first = loaded.unreadable.front();
        throw preflight::Failure(first.where + ": " + first.why);
    }
    preflight::advisory::write_index(index, loaded.rows, loaded.sources);
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 3) {
            throw preflight::Failure("usage: compile_starter RECORDS INDEX");
        }
        compile(argv[1], argv[2]);
    } catch (const std::exception& error) {
        static_cast<void>(std::fprintf(stderr, "compile_starter: %s\n", error.what()));
        return 1;
    }
    return 0;
}
