using System.CommandLine;

namespace Galley.Tool.Import;

/// <summary>How an import is to be done.</summary>
internal sealed record ImportOptions
{
    public required string File { get; init; }

    public required string? Source { get; init; }

    public required string? CreateMissing { get; init; }

    public required int Connections { get; init; }

    public required string? Report { get; init; }

    public required long Skip { get; init; }

    /// <summary>Null until the file is looked at, where none is named.</summary>
    public required string? Format { get; init; }

    public required string? Language { get; init; }

    /// <summary>How the command line gives them.</summary>
    internal sealed class Definition
    {
        private const int MaxConnections = 64;

        private readonly Argument<string> _file = new("file") { Description = "NDJSON, a WordPress archive, RSS, Atom, JSON Feed or ninjs; - for NDJSON from standard input" };
        private readonly Option<string> _source = new("--source") { Description = "the source of lines that name none", HelpName = "source" };
        private readonly Option<string> _createMissing = new("--create-missing") { Description = "what to make that lines name and nobody knows: sections, tags, or both", HelpName = "sections,tags" };
        private readonly Option<int> _connections = new("--connections") { Description = "how many requests are under way at once (16)", HelpName = "number", DefaultValueFactory = _ => 16 };
        private readonly Option<string> _report = new("--report") { Description = "where to write the lines that are refused: one line of NDJSON each", HelpName = "file" };
        private readonly Option<long> _skip = new("--skip") { Description = "how many lines at the beginning are done already: where an import that was stopped goes on", HelpName = "lines" };

        private readonly Option<string> _format = new("--format") { Description = "how the file is to be read, where its beginning does not say it: ndjson, xml (WordPress, RSS, Atom), json-feed or ninjs", HelpName = "format" };
        private readonly Option<string> _language = new("--language") { Description = "the language of items that name none", HelpName = "language" };

        public static Definition AddTo(Command command)
        {
            var definition = new Definition();
            command.Arguments.Add(definition._file);
            foreach (var option in new Option[] { definition._source, definition._createMissing, definition._connections, definition._report, definition._skip, definition._format, definition._language })
                command.Options.Add(option);
            definition._connections.Validators.Add(each =>
            {
                if (each.GetValueOrDefault<int>() is < 1 or > MaxConnections)
                    each.AddError($"--connections is 1 to {MaxConnections}.");
            });
            definition._createMissing.Validators.Add(each =>
            {
                if (each.GetValueOrDefault<string>()?.Split(',').Any(kind => kind is not ("sections" or "tags")) == true)
                    each.AddError("--create-missing is sections, tags, or both: sections,tags.");
            });
            definition._format.Validators.Add(each =>
            {
                if (each.GetValueOrDefault<string>() is { } format && !FileFormat.All.Contains(format))
                    each.AddError($"--format is one of {string.Join(", ", FileFormat.All)}.");
            });
            return definition;
        }

        public ImportOptions Read(ParseResult parsed) => new()
        {
            File = parsed.GetValue(_file)!,
            Source = parsed.GetValue(_source),
            CreateMissing = parsed.GetValue(_createMissing),
            Connections = parsed.GetValue(_connections),
            Report = parsed.GetValue(_report),
            Skip = parsed.GetValue(_skip),
            Format = parsed.GetValue(_format),
            Language = parsed.GetValue(_language),
        };
    }
}
