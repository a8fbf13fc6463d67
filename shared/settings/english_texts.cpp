#include "settings/texts.h"

namespace pd::settings {

const Texts& english_texts() {
  static const Texts kTexts{
#define PD_TEXT(name, english) english,
#include "settings/texts.def"
#undef PD_TEXT
  };
  return kTexts;
}

}  // namespace pd::settings
