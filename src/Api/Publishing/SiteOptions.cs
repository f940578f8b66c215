using Galley.Content;

namespace Galley.Publishing;

/// <summary>What a newsroom says of itself, as far as it shows in what is published.</summary>
internal sealed record SiteOptions(string DefaultLanguage, ArticleUrl? ArticleUrl = null, string Name = "Galley");
