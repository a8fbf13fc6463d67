// snprintf for nlohmann/json in WebAssembly, in place of libc's: the library writes characters by
// their numbers ("<U+%.4X>", "\\u%04x"), and libc's writes everything else too, in 8 KB.
// cmake/targets.cmake gives the library's calls this name.
//
// Every conversion is one of those: an unsigned number in at least four hexadecimal digits.
#include <cstdarg>
#include <cstddef>

extern "C" int pdc_snprintf(char* to, std::size_t size, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  int written = 0;
  const auto put = [&](char c) {
    if (static_cast<std::size_t>(written) + 1 < size) to[written] = c;
    ++written;
  };
  for (; *format != '\0'; ++format) {
    if (*format != '%') {
      put(*format);
      continue;
    }
    while (*format != 'X' && *format != 'x' && *format != '\0') ++format;
    if (*format == '\0') break;
    const char* digits = *format == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
    const unsigned number = va_arg(arguments, unsigned);
    int shift = 12;
    while (shift < 28 && number >> (shift + 4) != 0) shift += 4;
    for (; shift >= 0; shift -= 4) put(digits[(number >> shift) & 15U]);
  }
  va_end(arguments);
  const auto end = static_cast<std::size_t>(written);
  if (size > 0) to[end < size ? end : size - 1] = '\0';
  return written;
}
