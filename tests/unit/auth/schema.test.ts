import { describe, expect, test } from "vitest";
import { emailSchema, environmentSchema, keyScopesSchema, passwordSchema, personNameSchema } from "@/lib/auth/schema";

describe("e-mail addresses", () => {
  test.each([
    [" Mira@Acme.Example ", "mira@acme.example"],
    // Full-width letters and sign, a ligature, the Kelvin sign: one address, however it is typed.
    ["ｍｉｒａ＠acme.example", "mira@acme.example"],
    ["oﬃce@acme.example", "office@acme.example"],
    ["\u212Aelvin@acme.example", "kelvin@acme.example"],
  ])("%j is %j", (typed, address) => {
    expect(emailSchema.parse(typed)).toBe(address);
  });

  test.each([
    "",
    "mira",
    "mira@",
    "@acme.example",
    "mira@acme",
    "a b@acme.example",
    "mira@acme.example\nbcc:x@y.example",
  ])("%j is refused", (typed) => {
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });

  test("of 255 characters is refused", () => {
    expect(emailSchema.safeParse(`${"a".repeat(60)}@${"b.".repeat(93)}example`).success).toBe(true);
    expect(emailSchema.safeParse(`${"a".repeat(60)}@${"b.".repeat(94)}example`).success).toBe(false);
  });
});

test.each([
  ["elevenchars", "At least 12 characters"],
  ["aaaaaaaaaaaaaaaa", "At least 5 different characters"],
  ["x".repeat(257), "At most 256 characters"],
])("the password %j is refused: %s", (password, message) => {
  expect(passwordSchema.safeParse(password).error?.issues[0]?.message).toBe(message);
});

test("a password of twelve characters, spaces and all scripts are welcome", () => {
  expect(passwordSchema.parse("пароль 12 знаков")).toBe("пароль 12 знаков");
});

test.each(["a\0b", "a\nb", "\ud800", "  ", "x".repeat(81)])("the name %j is refused", (name) => {
  expect(personNameSchema.safeParse(name).success).toBe(false);
});

test.each([
  ["Production", "production"],
  ["eu-1", "eu-1"],
])("the environment %j is %j", (typed, name) => {
  expect(environmentSchema.parse(typed)).toBe(name);
});

test.each(["", "a b", "-x", "x".repeat(33), "../x"])("the environment %j is refused", (typed) => {
  expect(environmentSchema.safeParse(typed).success).toBe(false);
});

test("a key has one scope at least, and no other than ingest and read", () => {
  expect(keyScopesSchema.safeParse([]).success).toBe(false);
  expect(keyScopesSchema.safeParse(["admin"]).success).toBe(false);
});
