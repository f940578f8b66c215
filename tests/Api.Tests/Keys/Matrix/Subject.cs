namespace Galley.Tests.Keys.Matrix;

/// <summary>What stands at the address that is asked: an article or a key in one of its states, or nothing in particular.</summary>
internal sealed record Subject(string State)
{
    /// <summary>The columns of rows about articles.</summary>
    public static readonly string[] ArticleStates = ["absent", "draft", "scheduled", "live", "live with draft", "live with pending", "expired", "unpublished", "deleted", "taken down"];

    /// <summary>The columns of rows about keys. All but the last may only write.</summary>
    public static readonly string[] KeyStates = ["unknown key", "key", "revoked key", "expired key", "key with two secrets", "key that may do everything"];

    /// <summary>The one column of all other rows.</summary>
    public static readonly string[] AnyState = ["any"];

    public string Id { get; init; } = string.Empty;

    public string ExternalId { get; init; } = string.Empty;

    public string Path { get; init; } = string.Empty;

    /// <summary>Of an article: a link to a preview of it.</summary>
    public string LinkId { get; init; } = "nothing";

    /// <summary>Whether there is an article that limits can be about.</summary>
    public bool IsArticle => Array.IndexOf(ArticleStates, State) > 0 && State != "deleted";

    /// <summary>Whether there is a key that works.</summary>
    public bool IsLiveKey => State is "key" or "key with two secrets" or "key that may do everything";
}
