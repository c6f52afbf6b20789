// What html-validate recommends, but for the rules of taste, each with the reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The standard takes either case; the theme and our pages write it small.
    "doctype-style": ["error", { style: "lowercase" }],
    // Templates leave spaces at the ends of lines: no reader sees them, compression takes them away.
    "no-trailing-whitespace": "off",
    // HTML 5 lets an id begin with any character; the theme's begin with underscores.
    "valid-id": ["error", { relaxed: true }],
  },
};
