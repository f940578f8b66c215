using FluentValidation;
using Galley.Content;
using Galley.Http;

namespace Galley.Manage.Keys;

/// <summary>The rules of a key to be made, as far as the key alone decides them.</summary>
internal sealed class KeyValidator : ContractValidator<KeyInput>
{
    public KeyValidator()
    {
        RuleFor(k => k.Limits!).SetValidator(new LimitsValidator()).When(k => k.Limits is not null);
        // A key that exports or watches all would be limited in name only.
        RuleFor(k => k.Scopes).Must(scopes => scopes.All(IsLimitable)).When(k => k.Scopes is not null && IsLimited(k.Limits))
            .Code("invalid-value", $"Only {string.Join(", ", KeyScope.Limitable)} can be limited. Leave out the other scopes, or limits.");
    }

    private static bool IsLimited(KeyLimits? limits) => limits is not null && (limits.Sources ?? limits.Sections ?? limits.Languages) is not null;

    // What is no scope at all has been refused as such.
    private static bool IsLimitable(string scope) => KeyScope.Limitable.Contains(scope) || !KeyScope.All.Contains(scope);

    private sealed class LimitsValidator : ContractValidator<KeyLimits>
    {
        private const string Empty = "It must not be empty: such a key could do nothing. Leave it out to limit nothing.";

        public LimitsValidator()
        {
            RuleFor(l => l.Sources).Must(IsNotEmpty).Code("required", Empty);
            RuleFor(l => l.Sections).Must(IsNotEmpty).Code("required", Empty);
            RuleFor(l => l.Languages).Must(IsNotEmpty).Code("required", Empty);
            RuleForEach(l => l.Sources).Must(SourceName.IsValid).Code("invalid-value", SourceName.Form);
            RuleForEach(l => l.Sections).Must(path => SectionPath.TryParse(path, out _)).Code("invalid-value", SectionPath.Form);
            RuleForEach(l => l.Languages).Must(tag => Language.TryParse(tag, out _)).Code("invalid-language", "Expected a BCP 47 language tag, such as fr.");
        }

        private static bool IsNotEmpty(IReadOnlyList<string>? list) => list is not { Count: 0 };
    }
}
