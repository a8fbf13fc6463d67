#include "abi/host_formatter.h"

#include <string>

namespace pd::abi {
namespace {

// Longer answers are asked for a second time.
constexpr std::size_t kUsualBytes = 128;

std::uint32_t ask(std::string_view lang, HostFormat what, double number, std::uint32_t style,
                  std::string_view text, std::string& answer) {
  const auto size_of = [](std::string_view bytes) {
    return static_cast<std::uint32_t>(bytes.size());
  };
  return pdc_host_format(lang.data(), size_of(lang), static_cast<std::uint32_t>(what), number,
                         style, text.data(), size_of(text), answer.data(), size_of(answer));
}

template <typename Style = int>
std::string answer_of(std::string_view lang, HostFormat what, double number, Style style = {},
                      std::string_view text = {}) {
  std::string answer(kUsualBytes, '\0');
  const auto number_of_style = static_cast<std::uint32_t>(style);
  std::uint32_t size = ask(lang, what, number, number_of_style, text, answer);
  if (size > answer.size()) {
    answer.resize(size);
    size = ask(lang, what, number, number_of_style, text, answer);
  }
  answer.resize(size);
  return answer;
}

class HostFormatter final : public card::Formatter {
 public:
  std::string length(std::string_view lang, std::int64_t amount, card::Unit unit) const override {
    return answer_of(lang, HostFormat::kLength, static_cast<double>(amount), unit);
  }
  std::string age(std::string_view lang, std::int64_t amount, card::Unit unit) const override {
    return answer_of(lang, HostFormat::kAge, static_cast<double>(amount), unit);
  }
  std::string moment(std::string_view lang, Time at, card::MomentStyle style,
                     const TimeZone& zone) const override {
    return answer_of(lang, HostFormat::kMoment, static_cast<double>(to_ms(at)), style, zone.name);
  }
  std::string clock_in(std::string_view lang, Time at, std::string_view name) const override {
    return answer_of(lang, HostFormat::kClockIn, static_cast<double>(to_ms(at)), 0, name);
  }
  std::string number(std::string_view lang, double value) const override {
    return answer_of(lang, HostFormat::kNumber, value);
  }
  std::string percent(std::string_view lang, double ratio) const override {
    return answer_of(lang, HostFormat::kPercent, ratio);
  }
  std::string list(std::string_view lang, const std::vector<std::string>& items) const override {
    std::string joined;
    for (const std::string& item : items) {
      if (!joined.empty()) joined += '\0';
      joined += item;
    }
    return answer_of(lang, HostFormat::kList, 0, 0, joined);
  }
  Plural plural(std::string_view lang, double number) const override {
    std::string nothing;
    return static_cast<Plural>(ask(lang, HostFormat::kPlural, number, 0, {}, nothing));
  }
};

}  // namespace

const card::Formatter& host_formatter() {
  static const HostFormatter formatter;
  return formatter;
}

}  // namespace pd::abi
