using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Galley.Content;
using Galley.Content.Body;
using Galley.Http;
using Galley.Manage.Articles;

namespace Galley.Benchmarks;

/// <summary>The parts of a push that run before the writer: which of them is worth making faster?</summary>
[MemoryDiagnoser]
public class PushPieces
{
    private readonly byte[] _story = new Corpus(seed: 1).Story(1);
    private readonly ArticleValidator _validator = new();
    private ArticleInput _input = null!;

    [GlobalSetup]
    public void Bind() => _input = BindStory();

    [Benchmark]
    public bool CheckSyntax()
    {
        using var document = StrictJson.Parse(_story, out _);
        return document is not null;
    }

    [Benchmark]
    public object SyntaxAndBinding() => BindStory();

    [Benchmark]
    public bool Rules() => _validator.Validate(_input).IsValid;

    [Benchmark]
    public object TextToBlocks() => PlainTextReader.Read(_input.Body!.Text!);

    [Benchmark]
    public string SlugOfHeadline() => Slug.From(_input.Headline!);

    [Benchmark]
    public byte[] Hashing() => ContentJson.Write(_input);

    private ArticleInput BindStory()
    {
        using JsonDocument document = StrictJson.Parse(_story, out _)!;
        return new JsonBinder().Bind<ArticleInput>(document.RootElement)!;
    }
}
