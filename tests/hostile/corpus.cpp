// SPDX-License-Identifier: Apache-2.0
#include "corpus.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace preflight::hostile {
namespace {

// R13, and libarchive's opinion, are heard while contents are read; all other rules before.
constexpr std::array<std::string_view, 5> kSeenWhileInflating = {
    kAccept, "deflate-corrupt", "deflate-length", "crc-bad", "parser-differential"};

bool may_inflate(std::string_view verdict) {
    return std::ranges::find(kSeenWhileInflating, verdict) != kSeenWhileInflating.end();
}

} // namespace

Corpus::Corpus(std::filesystem::path folder)
    : folder_(std::move(folder)), manifest_(folder_ / "manifest.tsv") {}

void Corpus::add(std::string_view verdict,
                 const std::string& about,
                 std::string_view bytes,
                 const Traits& traits) {
    auto number = std::to_string(++numbers_[std::string(verdict)]);
    number.insert(0, 4 - std::min<std::size_t>(number.size(), 4), '0');
    const auto name = std::string(verdict) + "-" + number + std::string(traits.suffix);

    std::ofstream file(folder_ / name, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (bytes.size() < traits.file_bytes) {
        std::filesystem::resize_file(folder_ / name, traits.file_bytes);
    }
    manifest_ << name << '\t' << verdict << '\t' << (may_inflate(verdict) ? "yes" : "no") << '\t'
              << (traits.kind == Kind::bomb ? "bomb" : "plain") << '\t' << about << '\n'
              << std::flush;
    if (!file || !manifest_) {
        throw std::runtime_error("cannot write '" + (folder_ / name).string() + "'");
    }
}

} // namespace preflight::hostile
