// Two streams for yaml-cpp in the bundle, included before its sources by cmake/dependencies.cmake.
// It reads one std::istream and words its errors with std::stringstream; libc++'s own bring every
// facet of the classic locale along (money, dates, wide characters): 80 KB of the module that
// nothing runs. These have what yaml-cpp's parser calls and no locale. Its source stays as it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <ios>
#include <istream>
#include <iterator>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>

namespace std {

class pd_streambuf {
 public:
  explicit pd_streambuf(string text) : text_(std::move(text)) {}

  int get() { return at_ < text_.size() ? static_cast<unsigned char>(text_[at_++]) : EOF; }
  int peek() const { return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : EOF; }
  streamsize sgetn(char* to, streamsize count) {
    const size_t copied = text_.copy(to, static_cast<size_t>(count), at_);
    at_ += copied;
    return static_cast<streamsize>(copied);
  }
  void unget() { at_ -= at_ > 0 ? 1 : 0; }
  void append(string_view text) { text_ += text; }
  const string& text() const { return text_; }

 private:
  string text_;
  size_t at_ = 0;
};

class pd_istream {
 public:
  using traits_type = char_traits<char>;
  using int_type = traits_type::int_type;

  explicit pd_istream(string text = {}) : buffer_(std::move(text)) {}

  int get() {
    const int c = buffer_.get();
    if (c == EOF) state_ |= ios_base::eofbit | ios_base::failbit;
    return c;
  }
  int peek() const { return buffer_.peek(); }
  void putback(char) { buffer_.unget(); }  // the character that was read last
  void clear() { state_ = ios_base::goodbit; }
  pd_streambuf* rdbuf() { return &buffer_; }
  void setstate(ios_base::iostate state) { state_ |= state; }
  bool good() const { return state_ == ios_base::goodbit; }
  bool operator!() const { return (state_ & ios_base::failbit) != 0; }

  // Digits only: the two numbers of "%YAML 1.2".
  pd_istream& operator>>(int& number) {
    constexpr int kMost = 9999;
    if (peek() < '0' || peek() > '9') state_ |= ios_base::failbit;
    for (number = 0; peek() >= '0' && peek() <= '9';) {
      number = std::min(number * 10 + (buffer_.get() - '0'), kMost);
    }
    return *this;
  }

 protected:
  pd_streambuf buffer_;

 private:
  ios_base::iostate state_ = ios_base::goodbit;
};
using pd_istringstream = pd_istream;

class pd_stringstream : public pd_istream {
 public:
  using pd_istream::pd_istream;

  const string& str() const { return buffer_.text(); }
  pd_stringstream& operator<<(string_view text) {
    buffer_.append(text);
    return *this;
  }
  pd_stringstream& operator<<(char c) { return *this << string_view(&c, 1); }
  pd_stringstream& operator<<(int number) { return *this << to_string(number); }
  pd_stringstream& operator<<(unsigned number) { return *this << to_string(number); }
  pd_stringstream& operator<<(size_t number) { return *this << to_string(number); }
};

// What prints tokens to it in yaml-cpp is for debugging, and never called.
class pd_ostream {
 public:
  template <typename T>
  pd_ostream& operator<<(const T&) {
    return *this;
  }
};

}  // namespace std

#define ostream pd_ostream
#define streambuf pd_streambuf
#define istream pd_istream
#define istringstream pd_istringstream
#define stringstream pd_stringstream
