// What `pdcard resolve` prints, as plain text in and out: one JSON line for each document.
//
//   {"file":"catalog-info.yaml","doc":0,"parse":"ok","apiVersion":"backstage.io/v1alpha1","kind":"Component",
//    "name":"checkout-api","namespace":"default","namespace_explicit":false,"backstage_entity":true,
//    "entity_ref":"component:default/checkout-api","annotations":"map",
//    "integration_key":null,"integration_key_class":"absent","integration_key_source":null,
//    "service_id":"PABC123","service_id_class":"literal","service_id_source":"annotation",
//    "account":null,"account_class":"absent","account_source":null,
//    "usable":true,"looked_up_by":"service-id","diagnostics":[]}
//
// `parse` is ok, empty or error; what there is none of is null. A value stands as it is written,
// even where it is not used; of a secret there is none. A diagnostic has code, severity, message, and where they are known
// line, column and path.
#pragma once

#include <string>
#include <string_view>

#include "entity/target.h"

namespace pd::entity {

struct ResolvedFile {
  std::string json_lines;
  bool wrong = false;  // the file cannot be read, or an annotation of PagerDuty's is wrong
};

// `ref`: only the entity that it names; empty = all. `file` is printed and named in messages.
ResolvedFile resolve_file(std::string_view text, std::string_view file, std::string_view ref,
                          const ExplicitValues& values = {});

}  // namespace pd::entity
