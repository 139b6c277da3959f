// SPDX-License-Identifier: Apache-2.0
//
// preflight_mutate SEEDS OUT CHANCE FIRST COUNT: makes the mutants with the numbers FIRST to
// FIRST + COUNT - 1 of the zips in the folder SEEDS, and of some that it builds itself. The same
// arguments give the same mutants. The first numbers are the seeds themselves, which must be
// accepted.
//
// Writes to the folder OUT each mutant that our walk and find_differential() accept, once: its
// number and length, both of 8 bytes, least significant first, and its bytes into `batch`; a line
// of its number and listing (listing.hpp) into `walk.txt` and, as libarchive sees it,
// `libarchive.txt`.
//
// A line `#!...` may stand in front, as in a .pyz: what is accepted without that is accepted with
// it.
#include "built_seeds.hpp"
#include "listing.hpp"
#include "mutations.hpp"
#include "records.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/source/read_file.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::differential {
namespace {

constexpr std::uint64_t kMaxSeedBytes = 8'192;
constexpr unpack::ParseOptions kOptions = {.may_have_shebang = true};

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        paths.push_back(file.path());
    }
    std::ranges::sort(paths);
    auto seeds = make_built_seeds();
    for (const auto& path : paths) {
        seeds.emplace_back(as_text(source::read_file(path, kMaxSeedBytes).view()));
    }
    return seeds;
}

std::ofstream open_output(const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    file.exceptions(std::ios::badbit | std::ios::failbit);
    return file;
}

/// Whether the end record leaves the size of the directory to zip64, and neither the number of
/// entries nor the offset. Go 1.26 compares that size with 0xffff, takes the sentinel for a size
/// and refuses the archive, of which it has read nothing else by then. R3 admits it, so such
/// mutants are counted and not shown to the other readers.
bool leaves_size_alone_to_zip64(const std::string& zip) {
    const auto ends = find_records(zip, RecordKind::end);
    if (ends.empty()) {
        return false;
    }
    const auto end = ends.back().begin;
    return read(zip, {end + 12, 4}) == 0xFFFFFFFF && read(zip, {end + 10, 2}) != 0xFFFF &&
           read(zip, {end + 16, 4}) != 0xFFFFFFFF;
}

/// Looks at one mutant after another and keeps those that are accepted.
class Survey {
public:
    explicit Survey(const std::filesystem::path& folder)
        : batch_(open_output(folder / "batch")), walk_(open_output(folder / "walk.txt")),
          libarchive_(open_output(folder / "libarchive.txt")) {}

    /// Whether the mutant is accepted.
    bool see(std::uint64_t number, const std::string& zip) {
        const auto archive = unpack::parse_archive(as_bytes(zip), kOptions);
        const auto listing = archive ? list_by_walk(*archive, inflater_) : std::nullopt;
        if (!listing) {
            return false;
        }
        if (unpack::find_differential(as_bytes(zip), *archive)) {
            ++stopped_by_libarchive_;
            return false;
        }
        ++accepted_;
        if (leaves_size_alone_to_zip64(zip)) {
            ++refused_by_go_;
            return true;
        }
        if (digests_.insert(crypto::sha256(as_bytes(zip))).second) {
            keep(number, zip, *listing);
        }
        return true;
    }

    void finish() {
        batch_.close();
        walk_.close();
        libarchive_.close();
    }

    [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
    [[nodiscard]] std::uint64_t stopped_by_libarchive() const { return stopped_by_libarchive_; }
    [[nodiscard]] std::uint64_t refused_by_go() const { return refused_by_go_; }
    [[nodiscard]] std::uint64_t distinct() const { return digests_.size(); }

private:
    void keep(std::uint64_t number, const std::string& zip, const std::string& listing) {
        std::string head(16, '\0');
        write(head, {0, 8}, number);
        write(head, {8, 8}, zip.size());
        batch_ << head << zip;
        walk_ << number << listing << '\n';
        // libarchive 3.6.2 does not open an archive without entries, which is all there is to see.
        const bool is_seen = !listing.empty();
        libarchive_ << number << (is_seen ? list_by_libarchive(as_bytes(zip)) : "") << '\n';
    }

    std::ofstream batch_;
    std::ofstream walk_;
    std::ofstream libarchive_;
    unpack::Inflater inflater_;
    std::set<crypto::Sha256Digest> digests_;
    std::uint64_t accepted_ = 0;
    std::uint64_t stopped_by_libarchive_ = 0;
    std::uint64_t refused_by_go_ = 0;
};

std::uint64_t parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw Failure("cannot read '" + std::string(text) + "': it is not a number");
    }
    return number;
}

int run(std::span<const std::string_view> arguments) {
    if (arguments.size() != 5) {
        std::cerr << "usage: preflight_mutate SEEDS OUT CHANCE FIRST COUNT\n";
        return 2;
    }
    const auto seeds = read_seeds(arguments[0]);
    const auto chance = parse_number(arguments[2]);
    const auto first = parse_number(arguments[3]);
    const auto count = parse_number(arguments[4]);
    Survey survey(arguments[1]);
    for (auto number = first; number < first + count; ++number) {
        const bool is_seed = number < seeds.size();
        const auto zip = is_seed ? seeds[number] : make_mutant(seeds, chance, number);
        if (!survey.see(number, zip) && is_seed) {
            throw Failure("cannot mutate seed " + std::to_string(number) + ": it is refused");
        }
    }
    survey.finish();
    std::cout << "mutated " << count << ", accepted " << survey.accepted() << ", distinct "
              << survey.distinct() << ", stopped by libarchive alone "
              << survey.stopped_by_libarchive() << ", not shown, since Go refuses them "
              << survey.refused_by_go() << '\n';
    return std::cout.flush() ? 0 : 1;
}

} // namespace
} // namespace preflight::differential

int main(int argc, char** argv) {
    try {
        const std::vector<std::string_view> arguments(argv + 1, argv + argc);
        return preflight::differential::run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "preflight_mutate: " << error.what() << '\n';
        return 1;
    }
}
