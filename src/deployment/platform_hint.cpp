// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/platform_hint.hpp"

#include <charconv>
#include <map>

namespace preflight::deployment {

namespace {

/// The number that begins `text` and is followed by `after`.
std::optional<int> leading_number(std::string_view text, char after) {
    int number = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(stopped - text.data());
    if (error != std::errc() || length == 0 || length >= text.size() || text[length] != after) {
        return std::nullopt;
    }
    return number;
}

/// `x.cpython-312-x86_64-linux-gnu.so` was built for 3.12 alone, unlike `x.abi3.so`.
std::optional<int> minor_of_extension(std::string_view path) {
    constexpr std::string_view kTag = ".cpython-3";
    const auto tag = path.rfind(kTag);
    if (tag == std::string_view::npos || !path.ends_with(".so")) {
        return std::nullopt;
    }
    return leading_number(path.substr(tag + kTag.size()), '-');
}

std::optional<int> minor_of_folder(std::string_view path) {
    constexpr std::string_view kFolder = "python/lib/python3.";
    if (!path.starts_with(kFolder)) {
        return std::nullopt;
    }
    return leading_number(path.substr(kFolder.size()), '/');
}

std::optional<Architecture> machine_of_elf(ByteView bytes) {
    constexpr std::string_view kMagic = "\x7F"
                                        "ELF\x02\x01"; // 64-bit, little-endian
    constexpr std::size_t kMachineOffset = 18;
    if (bytes.size() < kMachineOffset + 2 || !as_text(bytes).starts_with(kMagic)) {
        return std::nullopt;
    }
    const auto machine = std::to_integer<unsigned>(bytes[kMachineOffset]) |
                         std::to_integer<unsigned>(bytes[kMachineOffset + 1]) << 8U;
    switch (machine) {
    case 62: // EM_X86_64
        return Architecture::x86_64;
    case 183: // EM_AARCH64
        return Architecture::arm64;
    default:
        return std::nullopt;
    }
}

/// Counts what hints say, and remembers who said it first.
template <class Key>
class Ballot {
public:
    void vote(const Key& key, const std::string& path) {
        auto& votes = votes_[key];
        if (votes.count++ == 0) {
            votes.first_path = path;
        }
    }

    struct Winner {
        Key key;
        std::string path;
    };

    /// Of several with equally many votes, the greatest if `prefers_greater`, else the smallest.
    [[nodiscard]] std::optional<Winner> winner(bool prefers_greater) const {
        auto best = votes_.end();
        for (auto item = votes_.begin(); item != votes_.end(); ++item) {
            const bool wins = best == votes_.end() || item->second.count > best->second.count ||
                              (prefers_greater && item->second.count == best->second.count);
            best = wins ? item : best;
        }
        if (best == votes_.end()) {
            return std::nullopt;
        }
        return Winner{best->first, best->second.first_path};
    }

private:
    struct Votes {
        std::size_t count = 0;
        std::string first_path;
    };
    std::map<Key, Votes> votes_;
};

void decide_runtime(const GivenPlatform& given, const Ballot<int>& ballot, Deployment& deployment) {
    if (given.runtime) {
        deployment.runtime = *given.runtime;
        deployment.runtime_source = PlatformSource::given;
    } else if (const auto winner = ballot.winner(true)) {
        deployment.runtime.minor = winner->key;
        deployment.runtime_source = PlatformSource::guessed;
        deployment.runtime_evidence = winner->path;
    }
}

void decide_architecture(const GivenPlatform& given,
                         const Ballot<Architecture>& ballot,
                         Deployment& deployment) {
    if (given.architecture) {
        deployment.architecture = *given.architecture;
        deployment.architecture_source = PlatformSource::given;
    } else if (const auto winner = ballot.winner(false)) {
        deployment.architecture = winner->key;
        deployment.architecture_source = PlatformSource::guessed;
        deployment.architecture_evidence = winner->path;
    }
}

} // namespace

PlatformHint examine(const source::File& file) {
    PlatformHint hint{.minor = minor_of_extension(file.path),
                      .architecture = machine_of_elf(file.bytes)};
    if (!hint.minor) {
        hint.minor = minor_of_folder(file.path);
    }
    if (hint.says_something()) {
        hint.path = file.path;
    }
    return hint;
}

void decide_platform(const GivenPlatform& given,
                     std::span<const PlatformHint* const> hints,
                     Deployment& deployment) {
    Ballot<int> minors;
    Ballot<Architecture> architectures;
    for (const auto* hint : hints) {
        if (hint->minor) {
            minors.vote(*hint->minor, hint->path);
        }
        if (hint->architecture) {
            architectures.vote(*hint->architecture, hint->path);
        }
    }
    decide_runtime(given, minors, deployment);
    decide_architecture(given, architectures, deployment);
}

} // namespace preflight::deployment
