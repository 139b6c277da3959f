// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/c_handle.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace preflight::advisory {

/// A connection to one SQLite file. Its errors are Failures that name the index and, where the file
/// is to blame, say how to build it again. For one thread at a time.
class Database {
public:
    /// `name` is what messages call the index. `path` is absolute and its folders are no links.
    [[nodiscard]] static Database open(const std::string& path, const std::string& name);
    /// A database in memory, which must outlive it.
    [[nodiscard]] static Database open(ByteView image, const std::string& name);
    /// An empty file that is there already, to be filled.
    [[nodiscard]] static Database open_to_write(const std::string& path, const std::string& name);

    void run(const char* sql);
    /// Of a query with one value.
    [[nodiscard]] std::int64_t ask_number(const char* sql);

    /// The size of the open file, whatever its name points to by now.
    [[nodiscard]] std::int64_t file_bytes();

    /// Throws the Failure that says how the index is damaged.
    [[noreturn]] void damaged(const std::string& what) const;
    /// Throws the Failure that says why the file is no index of ours.
    [[noreturn]] void foreign(const std::string& why) const;

    /// Closes the file and says whether that went well, as a destructor cannot.
    void close();

private:
    friend class Statement;

    enum class Purpose { read, write };

    Database(Purpose purpose, const std::string& name) : purpose_(purpose), name_(name) {}

    void open_file(const std::string& file, int flags);
    void distrust();
    /// Throws what the result of an SQLite function means, unless it is SQLITE_OK.
    void require_ok(int result) const;
    [[noreturn]] void fail(int result) const;

    Purpose purpose_;
    std::string name_;
    CHandle<sqlite3, sqlite3_close_v2> connection_;
};

/// A prepared statement of a Database, which must outlive it.
class Statement {
public:
    Statement(const Database& database, std::string_view sql);

    /// Parameters count from 1. What is bound must outlive the next call of reset().
    void bind_text(int parameter, std::string_view value);
    void bind_blob(int parameter, ByteView value);
    /// Goes to the next row and says whether there is one.
    [[nodiscard]] bool step();
    /// Ends the run, so that the statement can be bound and run again.
    void reset();

    /// A value of the current row, counted from 0, valid until the next call of step() or reset().
    /// Nothing where the value is of another type.
    [[nodiscard]] std::optional<std::string_view> text(int column) const;
    [[nodiscard]] std::optional<ByteView> blob(int column) const;
    /// 0 where the value is no number.
    [[nodiscard]] std::int64_t number(int column) const;

private:
    const Database* database_;
    CHandle<sqlite3_stmt, sqlite3_finalize> statement_;
};

} // namespace preflight::advisory
