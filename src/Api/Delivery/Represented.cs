using Galley.Content;
using Galley.Http;
using Galley.Publishing.Rendering;

namespace Galley.Delivery;

/// <summary>Answers that are written when they are asked for, not stored.</summary>
internal static class Represented
{
    public static Representation Represent<T>(this Renderer renderer, T value)
    {
        var body = ContentJson.Write(value);
        return new Representation([body], EntityTags.Of(renderer.TagOf(body)));
    }
}

/// <summary>In which language names are given.</summary>
internal sealed record LanguageQuery(Language? Language) : IQuery<LanguageQuery>
{
    public static IReadOnlyList<QueryParameter> Parameters => [QueryParameter.Language];

    /// <summary>The query as it goes on to another address.</summary>
    public string Suffix => Language is { } language ? $"?language={language.Tag}" : string.Empty;

    public static LanguageQuery Read(QueryReader reader) => new(reader.Language(QueryParameter.Language));
}
