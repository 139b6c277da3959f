// SPDX-License-Identifier: Apache-2.0
#include "output_file.hpp"

#include "preflight/base/descriptor.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>

namespace preflight::cli {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    throw Failure("cannot write the report to " + in_quotes(path) + ": " +
                  std::generic_category().message(error));
}

/// Whether something of that name exists to which one writes, rather than replacing it.
bool is_written_through(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
           !S_ISDIR(status.st_mode);
}

/// As long as it lives no signal ends the program.
class SignalsHeld {
public:
    SignalsHeld() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    SignalsHeld(SignalsHeld&&) = delete;
    SignalsHeld& operator=(SignalsHeld&&) = delete;
    ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

void write_all(const std::string& path, int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            fail(path, errno);
        }
        content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
}

} // namespace

struct OutputFile::State {
    State(std::string name, int number) : path(std::move(name)), descriptor(number) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() {
        if (!temporary.empty()) {
            ::unlink(temporary.c_str());
        }
    }

    std::string path;
    Descriptor descriptor;
    std::string temporary;    ///< A name beside `path` that has to go, or empty.
    bool is_nameless = false; ///< Whether publish() has to give the file its name.
};

OutputFile::OutputFile(std::string path, std::string_view content) {
    constexpr unsigned kMode = 0666; // less what the umask takes away
    const auto folder = std::filesystem::path(path).parent_path();
    const bool writes_through = is_written_through(path);
    // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): open() takes its mode so
    const int descriptor = writes_through ? ::open(path.c_str(), O_WRONLY | O_CLOEXEC)
                                          : ::open(folder.empty() ? "." : folder.c_str(),
                                                   O_TMPFILE | O_WRONLY | O_CLOEXEC,
                                                   kMode);
    // NOLINTEND(cppcoreguidelines-pro-type-vararg)
    if (descriptor < 0) {
        fail(path, errno);
    }
    state_ = std::make_unique<State>(std::move(path), descriptor);
    state_->is_nameless = !writes_through;
    write_all(state_->path, descriptor, content);
    if (!writes_through && ::fsync(descriptor) != 0) {
        fail(state_->path, errno);
    }
}

OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

const std::string& OutputFile::path() const {
    return state_->path;
}

void OutputFile::publish() {
    if (!state_->is_nameless) {
        return;
    }
    const SignalsHeld between_its_two_names;
    const auto held = "/proc/self/fd/" + std::to_string(state_->descriptor.number());
    const auto temporary = state_->path + ".unfinished";
    ::unlink(temporary.c_str()); // of a run that was killed between the next two calls
    if (::linkat(AT_FDCWD, held.c_str(), AT_FDCWD, temporary.c_str(), AT_SYMLINK_FOLLOW) != 0) {
        fail(state_->path, errno);
    }
    state_->temporary = temporary;
    if (::rename(temporary.c_str(), state_->path.c_str()) != 0) {
        fail(state_->path, errno);
    }
    state_->temporary.clear();
    state_->is_nameless = false;
}

} // namespace preflight::cli
