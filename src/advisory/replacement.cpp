// SPDX-License-Identifier: Apache-2.0
#include "replacement.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace preflight::advisory {

namespace {

constexpr unsigned kMode = 0666; // less what the umask takes away

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix) {
    auto other = path;
    other += suffix;
    return other;
}

/// Calls until no signal comes in between.
template <class Call>
int repeat(const Call& call) {
    int result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

} // namespace

Replacement::Replacement(const std::filesystem::path& path)
    : path_(path), unfinished_(beside(path, ".unfinished")),
      lock_(open_file(beside(path, ".lock"), O_RDWR | O_CREAT)), file_([this] {
          if (repeat([this] { return ::flock(lock_.number(), LOCK_EX); }) != 0) {
              fail(errno);
          }
          if (::unlink(unfinished_.c_str()) != 0 && errno != ENOENT) {
              fail(errno);
          }
          return open_file(unfinished_, O_RDWR | O_CREAT | O_EXCL);
      }()) {}

Replacement::~Replacement() {
    if (!is_in_place_) {
        ::unlink(unfinished_.c_str()); // if even that fails, the next run tries again
    }
}

void Replacement::sync() {
    if (repeat([this] { return ::fsync(file_.number()); }) != 0) {
        fail(errno);
    }
}

void Replacement::put_in_place() {
    const Descriptor folder(open_file(path_.parent_path(), O_RDONLY | O_DIRECTORY));
    if (::rename(unfinished_.c_str(), path_.c_str()) != 0) {
        fail(errno);
    }
    is_in_place_ = true;
    if (repeat([&] { return ::fsync(folder.number()); }) != 0) {
        fail(errno);
    }
}

void Replacement::fail(int error) const {
    throw Failure("cannot write the index " + in_quotes(path_.string()) + ": " +
                  std::generic_category().message(error));
}

int Replacement::open_file(const std::filesystem::path& path, int flags) const {
    const int number = repeat(
        [&] { return ::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, kMode); });
    if (number < 0) {
        fail(errno);
    }
    return number;
}

} // namespace preflight::advisory
