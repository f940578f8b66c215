namespace Galley.Http;

/// <summary>One thing that is wrong with a request, and where. Exactly one of `pointer`, `parameter` and `header` is there.</summary>
internal sealed record InputError
{
    /// <summary>RFC 6901 pointer into the body that was sent, such as `/body/blocks/3/text`; empty for the body as a whole.</summary>
    public string? Pointer { get; init; }

    /// <summary>The query parameter.</summary>
    public string? Parameter { get; init; }

    /// <summary>The request header.</summary>
    public string? Header { get; init; }

    /// <summary>What is wrong, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The nearest name that would have been valid.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The limit that was passed.</summary>
    public long? Limit { get; init; }

    /// <summary>Where in a parameter's value the error is, counted from 1.</summary>
    public int? Column { get; init; }

    public static InputError At(string pointer, string code, string detail) => new() { Pointer = pointer, Code = code, Detail = detail };

    public static InputError In(string parameter, string code, string detail) => new() { Parameter = parameter, Code = code, Detail = detail };

    public static InputError InHeader(string header, string code, string detail) => new() { Header = header, Code = code, Detail = detail };
}

/// <summary>Something the sender should look at, although the write was accepted.</summary>
internal sealed record InputWarning
{
    /// <summary>RFC 6901 pointer into the body that was sent.</summary>
    public required string Pointer { get; init; }

    /// <summary>What it is, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Detail { get; init; }
}
