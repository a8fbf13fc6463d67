#include <gtest/gtest.h>

#include "entity/entity.h"

namespace pd::entity {
namespace {

TEST(ParseEntityRef, ReadsTheFormsThatBackstageWrites) {
  struct Case {
    std::string text;
    EntityRef ref;
  };
  const Case cases[] = {
      {"checkout-api", {"", "", "checkout-api"}},
      {"component:checkout-api", {"component", "", "checkout-api"}},
      {"payments/checkout-api", {"", "payments", "checkout-api"}},
      {"component:payments/checkout-api", {"component", "payments", "checkout-api"}},
      {"API:Payments/Check.Out_v2", {"api", "payments", "check.out_v2"}},
      {"\t component:checkout-api\n", {"component", "", "checkout-api"}},
      {"\xC3\x9C", {"", "", "\xC3\xBC"}},
  };
  for (const Case& c : cases) {
    const auto ref = parse_entity_ref(c.text);
    ASSERT_TRUE(ref) << c.text;
    EXPECT_EQ(*ref, c.ref) << c.text;
  }
}

TEST(ParseEntityRef, RefusesOtherForms) {
  for (const std::string text : {"", " ", ":", "/", ":a", "/a", "a:", "a/", "a:b/", "a:/b", "a:b:c",
                                 "a/b/c", "a/b:c", "a b", "a: b", "a\nb"}) {
    const auto ref = parse_entity_ref(text);
    ASSERT_FALSE(ref) << text;
    EXPECT_EQ(ref.error().code, ErrorCode::kBadEntityRef) << text;
  }
}

TEST(ParseEntityRef, SaysHowToWriteOneAndShowsTheTextSafely) {
  const auto ref = parse_entity_ref("a\xE2\x80\xAE b");
  ASSERT_FALSE(ref);
  EXPECT_EQ(ref.error().message,
            "\"a b\" is not an entity ref; write [kind:][namespace/]name, for example "
            "component:default/checkout-api.");
}

Document document(int index, std::string kind, std::string space, std::string name) {
  Entity entity;
  entity.document = index;
  entity.entity_ref = kind + ":" + space + "/" + name;
  entity.kind = std::move(kind);
  entity.namespace_name = std::move(space);
  entity.name = std::move(name);
  return {index, std::move(entity), std::nullopt};
}

Annotation text_annotation(std::string text) { return {ScalarKind::kString, std::move(text), {}}; }

// The index of what was selected, or the error's code and message.
std::string selected(const std::vector<Document>& documents, std::string_view ref) {
  const auto entity = select_entity(documents, ref);
  if (entity) return std::to_string((*entity)->document);
  return std::string(error_code_name(entity.error().code)) + ": " + entity.error().message;
}

TEST(SelectEntity, TakesTheFirstOfThoseThatSayMost) {
  std::vector<Document> documents;
  documents.reserve(5);
  for (int i = 0; i < 5; ++i)
    documents.push_back(document(i, "component", "default", "c" + std::to_string(i)));
  EXPECT_EQ(selected(documents, ""), "0");
  documents[1].entity->account = text_annotation("acme");
  documents[2].entity->service_id = text_annotation(" ");
  EXPECT_EQ(selected(documents, ""), "1");
  documents[3].entity->integration_key = text_annotation("<template>");
  documents[4].entity->service_id = text_annotation("PABC123");
  EXPECT_EQ(selected(documents, ""), "3");
}

TEST(SelectEntity, PrefersTheDefaultNamespaceForARefWithoutOne) {
  std::vector<Document> documents{document(0, "component", "payments", "api"),
                                  document(1, "component", "Default", "api"),
                                  document(2, "component", "payments", "web")};
  documents[0].entity->service_id = text_annotation("PABC123");
  EXPECT_EQ(selected(documents, "api"), "1");
  EXPECT_EQ(selected(documents, "payments/api"), "0");
  EXPECT_EQ(selected(documents, "web"), "2");
}

TEST(SelectEntity, ListsWhatThereIs) {
  std::vector<Document> documents;
  documents.reserve(10);
  for (int i = 0; i < 10; ++i)
    documents.push_back(document(i, "component", "default", "c" + std::to_string(i)));
  EXPECT_EQ(
      selected(documents, "web"),
      "entity-not-found: There is no \"web\" in the descriptor; it has component:default/c0, "
      "component:default/c1, "
      "component:default/c2, component:default/c3, component:default/c4, component:default/c5, "
      "component:default/c6, component:default/c7 and 2 more.");
}

TEST(SelectEntity, GivesADocumentsErrorWhereNoEntityCanBeRead) {
  std::vector<Document> documents{{0, std::nullopt, std::nullopt}};
  EXPECT_EQ(selected(documents, "web"), "empty-input: There is no entity in the descriptor.");
  documents.push_back(
      {1, std::nullopt, Error{ErrorCode::kSyntax, "broken", std::nullopt, std::nullopt}});
  EXPECT_EQ(selected(documents, "web"), "syntax: broken");
}

}  // namespace
}  // namespace pd::entity
