using System.Globalization;
using Galley.Content;

namespace Galley.Http;

/// <summary>Reads a query strictly and collects everything that is wrong with it: unknown, repeated, empty or badly written parameters.</summary>
internal sealed class QueryReader
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<InputError> _errors = [];
    private readonly IReadOnlyList<QueryParameter> _elsewhere;
    private readonly bool _isPart;

    /// <summary>Reads a whole query. What stands in <paramref name="elsewhere"/> another reader reads.</summary>
    public QueryReader(string query, IReadOnlyList<QueryParameter> parameters, IReadOnlyList<QueryParameter>? elsewhere = null)
        : this(query, parameters, elsewhere ?? [], isPart: false)
    {
    }

    private QueryReader(string query, IReadOnlyList<QueryParameter> parameters, IReadOnlyList<QueryParameter> elsewhere, bool isPart)
    {
        (_elsewhere, _isPart) = (elsewhere, isPart);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            Take(pair, parameters);

        foreach (var parameter in parameters.Where(parameter => parameter.IsRequired && !_values.ContainsKey(parameter.Name) && _errors.All(error => error.Parameter != parameter.Name)))
            Fail(parameter, "is required");
    }

    public IReadOnlyList<InputError> Errors => _errors;

    /// <summary>Reads some parameters, and leaves all others to another reader.</summary>
    public static QueryReader OfPart(string query, IReadOnlyList<QueryParameter> parameters) => new(query, parameters, [], isPart: true);

    public string? Text(QueryParameter parameter)
    {
        if (!_values.TryGetValue(parameter.Name, out var value))
            return null;

        if (parameter is { Values: { } allowed, MaxItems: null } && !allowed.Contains(value))
        {
            Fail(parameter, $"is one of {string.Join(", ", allowed)}", Suggestion.For(value, allowed));
            return null;
        }

        return value;
    }

    public int? Integer(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= parameter.Minimum && number <= parameter.Maximum)
            return number;

        Fail(parameter, $"is an integer from {parameter.Minimum} to {parameter.Maximum}");
        return null;
    }

    public bool? Boolean(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (text is "true" or "false")
            return text == "true";

        Fail(parameter, "is true or false");
        return null;
    }

    public Instant? Instant(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;

        if (Content.Instant.TryParse(text, out var instant))
            return instant;

        Fail(parameter, "is an instant with an offset, such as 2024-12-01T17:05:00Z");
        return null;
    }

    public Language? Language(QueryParameter parameter) =>
        Values(parameter, text => Content.Language.TryParse(text, out var language) ? language : (Language?)null, "is a BCP 47 language tag, such as fr") is [var one] ? one : null;

    public SectionPath? SectionPath(QueryParameter parameter) =>
        Values(parameter, text => Content.SectionPath.TryParse(text, out var path) ? path : (SectionPath?)null, "is a section path such as international") is [var one] ? one : null;

    /// <summary>Comma-separated values, each read by <paramref name="read"/>; empty where the parameter is absent.</summary>
    public IReadOnlyList<T> Values<T>(QueryParameter parameter, Func<string, T?> read, string form)
        where T : struct
    {
        if (Text(parameter) is not { } text)
            return [];

        var parts = text.Split(',');
        if (parts.Length > (parameter.MaxItems ?? 1))
        {
            Fail(parameter, parameter.MaxItems is null ? "takes one value" : $"takes at most {parameter.MaxItems} values");
            return [];
        }

        var values = parts.Select(read).ToList();
        if (values.Any(value => value is null))
            Fail(parameter, form);
        else if (values.Distinct().Count() < values.Count)
            Fail(parameter, "has a value twice");

        return [.. values.OfType<T>()];
    }

    public void Fail(QueryParameter parameter, string rule, string? suggestion = null, int? column = null, string code = "invalid-parameter") =>
        _errors.Add(InputError.In(parameter.Name, code, $"{parameter.Name} {rule}.") with { Suggestion = suggestion, Column = column });

    private bool IsReadElsewhere(string? name) => _elsewhere.Any(parameter => parameter.Name == name);

    private void Take(string pair, IReadOnlyList<QueryParameter> parameters)
    {
        var equals = pair.IndexOf('=');
        var name = RawTarget.Decode(equals < 0 ? pair : pair.AsSpan(0, equals), plusIsSpace: true);
        var value = equals < 0 ? string.Empty : RawTarget.Decode(pair.AsSpan(equals + 1), plusIsSpace: true);

        if (_isPart ? parameters.All(parameter => parameter.Name != name) : IsReadElsewhere(name))
            return;

        if (name is null || PlainText.FindFault(name) is not null)
        {
            _errors.Add(InputError.In("…", "bad-encoding", "The name of a parameter is not UTF-8, percent-encoded once."));
            return;
        }

        var parameter = parameters.FirstOrDefault(parameter => parameter.Name == name);
        if (parameter is null)
        {
            _errors.Add(InputError.In(name, "unknown-parameter", $"There is no parameter \"{name}\" here.") with { Suggestion = Suggestion.For(name, parameters.Concat(_elsewhere).Select(known => known.Name)) });
        }
        else if (value is null)
        {
            _errors.Add(InputError.In(name, "bad-encoding", $"{name} is not UTF-8, percent-encoded once."));
        }
        else if (PlainText.FindFault(value) is { } fault)
        {
            Fail(parameter, fault);
        }
        else if (value.Length == 0)
        {
            Fail(parameter, "has no value; leave it out instead");
        }
        else if (!_values.TryAdd(name, PlainText.Normalize(value)))
        {
            Fail(parameter, "is given twice; several values of one parameter are separated by commas");
        }
    }
}
