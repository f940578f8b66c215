using Galley.Content;
using Galley.Http;

namespace Galley.Delivery.Articles;

/// <summary>In which forms the body of one article is asked for.</summary>
internal sealed record ArticleFormatQuery : IQuery<ArticleFormatQuery>
{
    public static readonly QueryParameter Format = new("format", "The members of `body`, one or more; without it `blocks`. Each combination has a tag of its own.")
    {
        Values = BodyFormats.Names,
        MaxItems = BodyFormats.Names.Count,
    };

    public static IReadOnlyList<QueryParameter> Parameters => [Format];

    public required BodyForms Forms { get; init; }

    /// <summary>The query that asks for the same at another address.</summary>
    public string Suffix => Forms == BodyForms.Blocks ? string.Empty : $"?{Format.Name}={BodyFormats.Write(Forms)}";

    public static ArticleFormatQuery Read(QueryReader reader)
    {
        var forms = reader.Values(Format, BodyFormats.Parse, $"is one or more of {string.Join(", ", BodyFormats.Names)}");
        return new ArticleFormatQuery { Forms = forms.Count == 0 ? BodyForms.Blocks : forms.Aggregate(default(BodyForms), (all, one) => all | one) };
    }
}

/// <summary>An article by its path, in the query: where a proxy refuses encoded slashes.</summary>
internal sealed record ArticlePathQuery(string Path, ArticleFormatQuery Format) : IQuery<ArticlePathQuery>
{
    private static readonly QueryParameter PathParameter = new("path", "The article's path: `language/section/path/slug`, without a section `language/slug`.") { IsRequired = true };

    public static IReadOnlyList<QueryParameter> Parameters => [PathParameter, ArticleFormatQuery.Format];

    public static ArticlePathQuery Read(QueryReader reader) => new(reader.Text(PathParameter) ?? string.Empty, ArticleFormatQuery.Read(reader));
}

/// <summary>An article by its URL on the website.</summary>
internal sealed record ArticleUrlQuery(string Url, ArticleFormatQuery Format) : IQuery<ArticleUrlQuery>
{
    private static readonly QueryParameter UrlParameter =
        new("url", "The article's canonical URL, or an alias: absolute, http or https, without user or password; percent-encoded like any parameter.") { Format = "uri", MaxLength = WebAddress.MaxLength, IsRequired = true };

    public static IReadOnlyList<QueryParameter> Parameters => [UrlParameter, ArticleFormatQuery.Format];

    public static ArticleUrlQuery Read(QueryReader reader)
    {
        var format = ArticleFormatQuery.Read(reader);
        if (reader.Text(UrlParameter) is not { } text)
            return new(string.Empty, format);
        if (WebAddress.Normalize(text) is { } url)
            return new(url, format);

        reader.Fail(UrlParameter, $"is an absolute http or https URL without user or password, of at most {WebAddress.MaxLength} characters");
        return new(string.Empty, format);
    }
}
