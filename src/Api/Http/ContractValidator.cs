using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using FluentValidation;
using FluentValidation.Results;

namespace Galley.Http;

/// <summary>
/// The rules of a body. What one member alone decides – length, range, values – stands as attributes on the contract, where the OpenAPI document takes it
/// from too; a validator adds what takes more to decide.
/// </summary>
internal abstract class ContractValidator<T> : AbstractValidator<T>
    where T : class
{
    protected ContractValidator()
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.GetCustomAttributes<ValidationAttribute>().Any()))
        {
            var rules = property.GetCustomAttributes<ValidationAttribute>().ToList();
            RuleFor(body => body).Custom((body, context) =>
            {
                if (property.GetValue(body) is not { } value)
                    return;

                foreach (var failure in rules.SelectMany(rule => Check(rule, value)))
                {
                    failure.PropertyName = context.PropertyPath.Length == 0 ? property.Name : $"{context.PropertyPath}.{property.Name}";
                    context.AddFailure(failure);
                }
            });
        }
    }

    private static IEnumerable<ValidationFailure> Check(ValidationAttribute rule, object value) => (rule, value) switch
    {
        (MaxLengthAttribute most, string text) when text.Length > most.Length => [Failure("too-long", $"At most {most.Length} UTF-16 code units are allowed.", most.Length)],
        (MaxLengthAttribute most, ICollection list) when list.Count > most.Length => [Failure("too-many", $"At most {most.Length} are allowed.", most.Length)],
        (MinLengthAttribute least, string text) when text.Length < least.Length => [Failure("required", "It must not be empty.")],
        (MinLengthAttribute least, ICollection list) when list.Count < least.Length => [Failure("required", "It must not be empty.")],
        (RangeAttribute range, int number) when number < (int)range.Minimum || number > (int)range.Maximum =>
            [Failure("out-of-range", string.Create(CultureInfo.InvariantCulture, $"Expected {range.Minimum} to {range.Maximum}."), (int)range.Maximum)],
        (AllowedValuesAttribute allowed, string text) => CheckValue(allowed, text),
        (AllowedValuesAttribute allowed, IEnumerable<string> texts) => texts.SelectMany(text => CheckValue(allowed, text)).Take(1),
        _ => [],
    };

    private static IEnumerable<ValidationFailure> CheckValue(AllowedValuesAttribute allowed, string text) =>
        allowed.Values.Contains(text) ? [] : [Failure("invalid-value", $"Expected one of {string.Join(", ", allowed.Values)}.")];

    private static ValidationFailure Failure(string code, string message, long? limit = null) => new(string.Empty, message) { ErrorCode = code, CustomState = limit };
}

/// <summary>The rules of a body whose contract says them all. It stands in for every validator of its own that a contract does not have: none goes unchecked.</summary>
internal sealed class PlainContractValidator<T> : ContractValidator<T>
    where T : class;
