using FluentValidation;
using Galley.Content;

namespace Galley.Http;

/// <summary>The rules that bodies are made of, each with its code of the contract. Absent members are nobody's fault.</summary>
internal static class ContentRules
{
    public static IRuleBuilderOptions<T, TMember> Code<T, TMember>(this IRuleBuilderOptions<T, TMember> rule, string code, string message, long? limit = null)
    {
        // The message is text for people, with braces of its own: not a template.
        var options = rule.WithErrorCode(code).WithMessage(_ => message);
        return limit is null ? options : options.WithState(_ => (object)limit);
    }

    public static IRuleBuilderOptions<T, string?> AtMost<T>(this IRuleBuilder<T, string?> rule, int limit) =>
        rule.Must(text => text is null || text.Length <= limit).Code("too-long", $"At most {limit} UTF-16 code units are allowed.", limit);

    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !string.IsNullOrWhiteSpace(text)).Code("required", "It must not be blank.");

    public static IRuleBuilderOptions<T, string?> IsSlug<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Slug.IsValid(text)).Code("invalid-value", "A slug has lower-case letters and digits of any script, joined by single hyphens.");

    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Content.WebAddress.Normalize(text) is not null)
            .Code("invalid-url", "Expected an absolute http or https URL without user or password.", Content.WebAddress.MaxLength);

    public static IRuleBuilderOptions<T, string?> IsAlias<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || text.Length > Content.WebAddress.MaxLength || Alias.Normalize(text) is not null)
            .Code("invalid-url", "Expected a path without empty, \".\" or \"..\" segments and without a fragment, percent-encoded at most once, or an absolute http or https URL without user or password.");

    /// <summary>Rules of the content itself, which give pointers of their own.</summary>
    public static void Faults<T, TMember>(this IRuleBuilder<T, TMember?> rule, Func<TMember, string, IEnumerable<Fault>> check, string pointer)
        where TMember : class =>
        rule.Custom((member, context) =>
        {
            if (member is null)
                return;

            foreach (var fault in check(member, pointer).Take(Problems.MaxErrors + 1))
                context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer, fault.Detail) { ErrorCode = fault.Code, CustomState = fault.Limit });
        });
}
