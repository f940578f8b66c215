using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Galley.Content;
using Galley.Http;
using Galley.Manage.Articles;

namespace Galley.Manage.Bulk;

/// <summary>One line as it is sent: what to do, with which article.</summary>
internal sealed record BulkLine
{
    public const string Put = "put";
    public const string Unpublish = "unpublish";
    public const string Delete = "delete";

    [AllowedValues(Put, Unpublish, Delete)]
    public string? Op { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    [ReadApart]
    public ArticleInput? Article { get; init; }

    [MaxLength(2_000)]
    public string? Reason { get; init; }
}

/// <summary>The rules of what stands around an article in a line.</summary>
internal sealed class BulkLineValidator : ContractValidator<BulkLine>
{
    public BulkLineValidator()
    {
        RuleFor(line => line.Source).Must(source => source is null || SourceName.IsValid(source)).Code("invalid-value", SourceName.Form);
        RuleFor(line => line.ExternalId).Must(id => id is null || SourceName.FindFault(id) is null).Code("invalid-value", SourceName.FindFault(string.Empty)!);
        RuleFor(line => line.Reason).Null().When(line => line.Op != BulkLine.Unpublish).Code("unknown-member", "A reason goes with unpublish only.");
    }
}

/// <summary>What became of one line.</summary>
internal sealed record BulkResult
{
    public required long Line { get; init; }

    public string? ExternalId { get; init; }

    public required int Status { get; init; }

    public string? Outcome { get; init; }

    public string? Id { get; init; }

    public long? Version { get; init; }

    public long? Revision { get; init; }

    public IReadOnlyList<InputWarning>? Warnings { get; init; }

    public Problem? Problem { get; init; }

    public static BulkResult Of(BulkResult empty, WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created(var article, var warnings) => Of(empty, StatusCodes.Status201Created, "created", article, warnings),
        WriteOutcome.Updated(var article, var warnings) => Of(empty, StatusCodes.Status200OK, "updated", article, warnings),
        WriteOutcome.Unchanged(var article, var warnings) => Of(empty, StatusCodes.Status200OK, "unchanged", article, warnings),
        WriteOutcome.Deleted => empty with { Status = StatusCodes.Status204NoContent, Outcome = "deleted" },
        _ => Of(empty, ArticleAnswer.ProblemOf(outcome)),
    };

    public static BulkResult Of(BulkResult empty, Problem problem) => empty with { Status = problem.Status, Problem = problem };

    /// <summary>What is no longer there needs neither deleting nor unpublishing.</summary>
    public static BulkResult SoAlready(BulkResult empty) => empty with { Status = StatusCodes.Status200OK, Outcome = "unchanged" };

    /// <summary>Of a line that was good, where another was not.</summary>
    public static BulkResult NotCarriedOut(long line) => new() { Line = line, Status = StatusCodes.Status424FailedDependency };

    /// <summary>As it stands in the answer.</summary>
    public static byte[] Write<T>(T line) => [.. ContentJson.Write(line), (byte)'\n'];

    private static BulkResult Of(BulkResult empty, int status, string outcome, StoredArticle article, IReadOnlyList<InputWarning> warnings) => empty with
    {
        Status = status,
        Outcome = outcome,
        Id = article.Row.PublicId,
        Version = article.Version,
        Revision = article.Row.WorkingRevision,
        Warnings = warnings,
    };
}

/// <summary>The last line of an answer: what all lines came to. An answer without it was cut.</summary>
internal sealed record BulkEnd
{
    public bool End => true;

    public long Lines { get; private set; }

    public long Created { get; private set; }

    public long Updated { get; private set; }

    public long Unchanged { get; private set; }

    public long Deleted { get; private set; }

    public long Failed { get; private set; }

    public void Count(BulkResult result)
    {
        Lines++;
        switch (result.Outcome)
        {
            case "created":
                Created++;
                break;
            case "updated":
                Updated++;
                break;
            case "unchanged":
                Unchanged++;
                break;
            case "deleted":
                Deleted++;
                break;
            default:
                Failed++;
                break;
        }
    }
}
