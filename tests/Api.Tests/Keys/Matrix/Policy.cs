using System.Runtime.CompilerServices;

namespace Galley.Tests.Keys.Matrix;

/// <summary>Who may call at all.</summary>
internal enum Door
{
    /// <summary>Anybody, whatever they send.</summary>
    Open,

    /// <summary>Readers: anybody, or where reading is closed a key with content:read; never a wrong key.</summary>
    Readers,

    /// <summary>A key with one of the scopes.</summary>
    Keys,
}

/// <summary>What an operation does about the limits of a key.</summary>
internal enum Limited
{
    /// <summary>It is closed to keys that have some.</summary>
    Closed,

    /// <summary>It is about no article.</summary>
    Irrelevant,

    /// <summary>It names the article by our id: one outside the limits is not there.</summary>
    ById,

    /// <summary>It names the article's source: another is refused before anything is looked up.</summary>
    BySource,
}

/// <summary>
/// One row of the policy: who may call an operation, and what it comes to for those who may, in each state of what stands there. Outcomes: a status;
/// <c>state</c> and <c>taken</c> for the two kinds of 409; <c>publish</c> for 200 with content:publish and 403 without.
/// </summary>
internal sealed record Policy(string Operation, Door Door, IReadOnlyList<string> States, string Outcomes)
{
    /// <summary>What this request is about, where one operation has several rows.</summary>
    public string Variant { get; init; } = string.Empty;

    /// <summary>Of these scopes one is needed.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>This scope is needed too, for what the body asks.</summary>
    public string? Also { get; init; }

    public Limited Limited { get; init; } = Limited.Closed;

    /// <summary>Where the body puts the article.</summary>
    public Place? Puts { get; init; }

    /// <summary>Whether it needs a section and a tag that do not exist; who may not make them gets 422.</summary>
    public bool MakesTaxonomy { get; init; }

    /// <summary>Only who may do all that the key may which stands there, or is to be made: it may write, everywhere.</summary>
    public bool NeedsCover { get; init; }

    /// <summary>The address to ask, where it is not the route's own.</summary>
    public Func<Subject, string>? Address { get; init; }

    public Func<Subject, object>? Body { get; init; }

    /// <summary>A body of lines.</summary>
    public string? Lines { get; init; }

    /// <summary>The line of the row, for whoever reads of a failure.</summary>
    public int Line { get; init; }

    public string Method => Operation[..Operation.IndexOf(' ')];

    public string Pattern => Operation[(Operation.IndexOf(' ') + 1)..];

    public override string ToString() => Variant.Length == 0 ? Operation : $"{Operation} ({Variant})";

    public string OutcomeFor(string state) => Outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries)[States.ToList().IndexOf(state)];

    /// <summary>For anybody or readers, about nothing in particular.</summary>
    public static Policy Of(string operation, Door door, string outcome, string? address = null, Limited limited = Limited.Closed, [CallerLineNumber] int line = 0) =>
        new(operation, door, Subject.AnyState, outcome) { Limited = limited, Address = address is null ? null : _ => address, Line = line };

    /// <summary>For readers, about an article.</summary>
    public static Policy Read(string operation, string outcomes, Func<Subject, string>? address = null, [CallerLineNumber] int line = 0) =>
        new(operation, Door.Readers, Subject.ArticleStates, outcomes) { Limited = Limited.ById, Address = address, Line = line };

    /// <summary>For keys, about nothing in particular.</summary>
    public static Policy Key(string operation, string anyOf, Limited limited, string outcome, string? address = null, object? body = null, [CallerLineNumber] int line = 0) =>
        new(operation, Door.Keys, Subject.AnyState, outcome)
        {
            AnyOf = anyOf.Split(' '),
            Limited = limited,
            Address = address is null ? null : _ => address,
            Body = body is null ? null : _ => body,
            Line = line,
        };

    /// <summary>For keys, about an article.</summary>
    public static Policy Article(string operation, string anyOf, Limited limited, string outcomes, [CallerLineNumber] int line = 0) =>
        new(operation, Door.Keys, Subject.ArticleStates, outcomes) { AnyOf = anyOf.Split(' '), Limited = limited, Line = line };

    /// <summary>For keys, about a key.</summary>
    public static Policy OtherKey(string operation, string outcomes, bool needsCover = true, [CallerLineNumber] int line = 0) =>
        new(operation, Door.Keys, Subject.KeyStates, outcomes) { AnyOf = ["keys:manage"], Limited = Limited.Irrelevant, NeedsCover = needsCover, Line = line };
}
