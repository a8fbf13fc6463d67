// sinf and cosf for Dear ImGui in WebAssembly, in place of libc's: those reduce angles of any size, by
// a table of 500 digits of pi; the draw lists ask for angles of a few turns at most, for which these
// are as exact as a float is. cmake/dependencies.cmake gives the library's calls these names.
namespace {

constexpr double kQuarterTurn = 1.57079632679489661923;

// Of an angle between -pi/4 and pi/4: Taylor's series, to 1e-12.
double small_sine(double x) {
  const double y = x * x;
  return x *
         (1 + y * (-1.0 / 6 + y * (1.0 / 120 + y * (-1.0 / 5040 +
                                                    y * (1.0 / 362880 + y * (-1.0 / 39916800))))));
}
double small_cosine(double x) {
  const double y = x * x;
  return 1 +
         y * (-1.0 / 2 +
              y * (1.0 / 24 + y * (-1.0 / 720 + y * (1.0 / 40320 + y * (-1.0 / 3628800 +
                                                                        y * (1.0 / 479001600))))));
}

// The sine of `angle` and so many quarter turns.
float sine(double angle, int quarter_turns) {
  const double nearest = __builtin_nearbyint(angle / kQuarterTurn);
  const double rest = angle - nearest * kQuarterTurn;
  const int quarter = static_cast<int>(nearest) + quarter_turns;
  const double value = quarter % 2 == 0 ? small_sine(rest) : small_cosine(rest);
  return static_cast<float>((quarter & 2) == 0 ? value : -value);
}

}  // namespace

extern "C" float pdc_sinf(float angle) { return sine(static_cast<double>(angle), 0); }
extern "C" float pdc_cosf(float angle) { return sine(static_cast<double>(angle), 1); }
