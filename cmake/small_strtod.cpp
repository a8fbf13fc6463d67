// strtod for nlohmann/json in WebAssembly, in place of libc's: that one computes in 128-bit floating
// point, which WebAssembly has not, and 15 KB of it would serve the few numbers with a fraction in an
// API body. cmake/dependencies.cmake gives the library's calls this name.
//
// Reads what JSON calls a number (RFC 8259, 6); the library has checked the form. Exact for up to 15
// digits and a power of ten up to 22 (both are then exact doubles, and one operation rounds once);
// beyond that within a few units in the last place.
#include <cstdint>
#include <cstdlib>

namespace {

constexpr std::uint64_t kMostDigits = 1'000'000'000'000'000'000;  // another one still fits
constexpr int kMostExponent = 400;                                // beyond: zero or infinite

bool is_digit(char c) { return c >= '0' && c <= '9'; }

double power_of_ten(int exponent) {
  double power = 1;
  for (double base = 10; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 != 0) power *= base;
  }
  return power;
}

// Scales in two steps where the power alone would be too large for a double.
double scaled(double value, int exponent) {
  constexpr int kStep = 300;
  if (exponent < -kStep) return scaled(value / power_of_ten(kStep), exponent + kStep);
  return exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
}

}  // namespace

extern "C" double pdc_strtod(const char* text, char** end) {
  const char* at = text;
  const bool is_negative = *at == '-';
  if (is_negative) ++at;
  std::uint64_t digits = 0;
  int exponent = 0;
  bool in_fraction = false;
  for (; is_digit(*at) || (*at == '.' && !in_fraction); ++at) {
    if (*at == '.') {
      in_fraction = true;
    } else if (digits < kMostDigits) {
      digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
      exponent -= in_fraction ? 1 : 0;
    } else {
      exponent += in_fraction ? 0 : 1;
    }
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    const bool is_small = *at == '-';
    if (*at == '-' || *at == '+') ++at;
    int written = 0;
    for (; is_digit(*at); ++at)
      written = written < kMostExponent ? written * 10 + (*at - '0') : written;
    exponent += is_small ? -written : written;
  }
  if (end != nullptr) *end = const_cast<char*>(at);
  if (exponent > kMostExponent) exponent = kMostExponent;
  if (exponent < -kMostExponent) exponent = -kMostExponent;
  const double value = digits == 0 ? 0 : scaled(static_cast<double>(digits), exponent);
  return is_negative ? -value : value;
}
