// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"
#include "index_format.hpp"
#include "replacement.hpp"

#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"
#include "preflight/base/text.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace preflight::advisory {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& cause) {
    throw Failure("cannot write the index " + in_quotes(path.string()) + ": " + cause);
}

/// The path with its folders resolved, as SQLITE_OPEN_NOFOLLOW demands.
fs::path resolve(const fs::path& path) {
    std::error_code error;
    const auto folder = fs::canonical(path.has_parent_path() ? path.parent_path() : ".", error);
    if (error) {
        fail(path, error.message());
    }
    if (!path.has_filename()) {
        fail(path, "it names no file");
    }
    return folder / path.filename();
}

void make_tables(Database& database) {
    // Nothing is at stake while the file is unfinished, so no journal is kept and nothing is synced
    // before the end. Rows are large and read whole, hence the large pages. Everything that the
    // bytes of the file depend on is said here.
    database.run("PRAGMA page_size=8192; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE;"
                 "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE");
    database.run(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
    database.run(("PRAGMA user_version=" + std::to_string(kFormatVersion)).c_str());
    database.run("BEGIN");
    for (const auto table : kTables) {
        database.run(std::string(table).c_str());
    }
}

/// A row larger than the reader allows must not come about.
void check_size(const fs::path& path, const std::string& what, std::size_t size) {
    // SQLite's limit is on the row, so something is left for the name and the digest.
    constexpr std::size_t kBesideData = 4096;
    if (size > kMaxRowBytes - kBesideData) {
        fail(path,
             what + " would be larger than the limit of " + std::to_string(kMaxRowBytes) +
                 " bytes");
    }
}

/// Gives the digest over the digests of all rows.
crypto::Sha256Digest
write_rows(const fs::path& path, const Database& database, const RowsByName& rows) {
    Statement insert(database, "INSERT INTO package VALUES(?1, ?2, ?3)");
    crypto::Sha256 digests;
    for (const auto& [name, data] : rows) {
        check_size(path, "the row of " + in_quotes(name), data.size() + name.size());
        const auto digest = digest_of_row(name, as_bytes(data));
        digests.add(digest);
        insert.bind_text(1, name);
        insert.bind_blob(2, as_bytes(data));
        insert.bind_blob(3, digest);
        static_cast<void>(insert.step());
        insert.reset();
    }
    return digests.finish();
}

void write_header(const fs::path& path, const Database& database, const IndexHeader& header) {
    const auto content = encode_header(header);
    check_size(path, "the header", content.size());
    const auto digest = crypto::sha256(as_bytes(content));
    Statement insert(database, "INSERT INTO header VALUES(?1, ?2)");
    insert.bind_blob(1, as_bytes(content));
    insert.bind_blob(2, digest);
    static_cast<void>(insert.step());
}

} // namespace

void write_index(const fs::path& path,
                 const RowsByName& rows,
                 const std::vector<SourceFacts>& sources) {
    const auto resolved = resolve(path);
    Replacement replacement(resolved);

    auto database =
        Database::open_to_write(replacement.unfinished().string(), in_quotes(path.string()));
    make_tables(database);
    IndexHeader header{.sources = sources, .records = count_records(sources)};
    for (const auto& [name, row] : rows) {
        header.names.push_back(name);
    }
    header.rows = write_rows(path, database, rows);
    write_header(path, database, header);
    database.run("COMMIT");
    database.close();

    replacement.sync();
    // Read back as every scan will read it: a disk that lies is found now, while the old index is
    // there.
    if (Index::open(replacement.unfinished()).sha256() != to_hex(header.rows)) {
        fail(path, "what was read back is not what was written");
    }
    replacement.put_in_place();
}

} // namespace preflight::advisory
