// Parts of the bundle. What a card needs before anybody asked it for more is in the module that
// every page loads; the rest is in parts that follow when they are needed: see wasm/abi/parts.json,
// which names the functions that a part is entered through.
#pragma once

// Such a function. It stays one, so that what only it calls can be in its part.
#define PD_ENTERS_PART [[gnu::noinline]]
