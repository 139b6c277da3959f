// SPDX-License-Identifier: Apache-2.0
//
// The main() of every harness where libFuzzer is not linked: replays the corpus, so that what was
// found once stays fixed. A folder without a file is an error, since it proves nothing.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: fuzz_<harness> CORPUS\n", stderr);
        return 2;
    }
    int inputs = 0;
    for (const auto& item : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream file(item.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        static_cast<void>(LLVMFuzzerTestOneInput(
            reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
        ++inputs;
    }
    std::printf("%d inputs replayed\n", inputs);
    return inputs > 0 ? 0 : 1;
}
