// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/crypto/sha256.hpp"
#include "preflight/inventory/conclude.hpp"
#include "preflight/inventory/file_list.hpp"
#include "preflight/python/file_name.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {

/// Which distributions files are known from, by their digests.
class Fingerprints {
public:
    /// What RECORDs of an artifact vouch for.
    void add(const Inventory& inventory, const FileList& files);
    /// The RECORD of a wheel, whose name and version its file name says.
    void add(const python::WheelFileName& wheel, std::string_view record);

    /// Puts all in order. What follows wants this after the last add().
    void sort();

    /// The packages that have a file of that digest, as indices of packages(); none where it is
    /// known from more than 16.
    [[nodiscard]] std::vector<std::size_t> find(const crypto::Sha256Digest& sha256) const;
    [[nodiscard]] const std::vector<PackageName>& packages() const { return packages_; }

private:
    struct Row {
        crypto::Sha256Digest sha256{};
        std::size_t package = 0;
        friend auto operator<=>(const Row&, const Row&) = default;
    };

    [[nodiscard]] std::size_t index_of(const PackageName& package);

    std::vector<PackageName> packages_;
    std::map<std::string, std::size_t> index_of_; ///< By package URL.
    std::vector<Row> rows_;
};

/// Gives names to code that no metadata speak of, where most of its files are known: a distribution
/// of origin `fingerprint` for each. Of what is left one finding is made.
void identify(const Fingerprints& fingerprints, const FileList& files, Inventory& inventory);

} // namespace preflight::inventory
