using System.Globalization;
using System.Text.RegularExpressions;

namespace Galley.Content.Body;

/// <summary>What a body of blocks may hold. Finds every fault; tolerates members that are missing because they could not be read.</summary>
internal static partial class BlockRules
{
    public const int MaxBlocks = 5_000;
    public const int MaxText = 20_000;
    public const int MaxItems = 1_000;
    public const int MaxColumns = 100;
    public const int MaxImages = 100;
    public const int MaxLabel = 500;

    private const int MaxListLevels = 2;

    /// <summary>Which members a block of each type has besides id and type; ! marks those it cannot do without.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MembersOf = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["paragraph"] = ["text!", "marks"],
        ["heading"] = ["text!", "marks", "level!"],
        ["quote"] = ["text!", "marks", "attribution", "sourceUrl"],
        ["correction"] = ["text!", "marks", "at!"],
        ["list"] = ["ordered!", "items!"],
        ["table"] = ["header", "rows!"],
        ["code"] = ["text!", "language"],
        ["embed"] = ["provider!", "url!", "title"],
        ["image"] = ["image!"],
        ["gallery"] = ["images!"],
        ["divider"] = [],
    };

    public static IEnumerable<string> Types => MembersOf.Keys;

    public static IEnumerable<Fault> Check(IReadOnlyList<Block> blocks, string pointer)
    {
        if (blocks.Count > MaxBlocks)
            yield return Fault.TooMany(pointer, MaxBlocks);

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(blocks.Count, MaxBlocks); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}");
            foreach (var fault in CheckId(blocks[i], ids, at).Concat(CheckMembers(blocks[i], at)).Concat(CheckValues(blocks[i], at)))
                yield return fault;
        }
    }

    private static IEnumerable<Fault> CheckId(Block block, HashSet<string> ids, string pointer)
    {
        if (block.Id is not { } id)
            yield break;

        if (!IdShape().IsMatch(id))
            yield return new Fault($"{pointer}/id", "invalid-value", "A block's id has 1 to 64 ASCII letters, digits, hyphens and underscores.");
        else if (!ids.Add(id))
            yield return new Fault($"{pointer}/id", "duplicate", $"Two blocks have the id \"{id}\".");
    }

    private static IEnumerable<Fault> CheckMembers(Block block, string pointer)
    {
        if (block.Type is null)
            yield break;

        if (!MembersOf.TryGetValue(block.Type, out var members))
        {
            yield return new Fault($"{pointer}/type", "invalid-value", $"Expected one of {string.Join(", ", Types)}.");
            yield break;
        }

        foreach (var (name, value) in MembersPresent(block))
        {
            if (value is not null && !members.Contains(name) && !members.Contains(name + "!"))
                yield return new Fault($"{pointer}/{name}", "unknown-member", $"A {block.Type} has no member \"{name}\".");
            else if (value is null && members.Contains(name + "!"))
                yield return Fault.Required(pointer, name);
        }
    }

    private static (string Name, object? Value)[] MembersPresent(Block block) =>
    [
        ("text", block.Text), ("marks", block.Marks), ("level", block.Level), ("attribution", block.Attribution), ("sourceUrl", block.SourceUrl),
        ("at", block.At), ("ordered", block.Ordered), ("items", block.Items), ("header", block.Header), ("rows", block.Rows), ("language", block.Language),
        ("provider", block.Provider), ("url", block.Url), ("title", block.Title), ("image", block.Image), ("images", block.Images),
    ];

    private static IEnumerable<Fault> CheckValues(Block block, string pointer)
    {
        if (block.Level is < 2 or > 4)
            yield return new Fault($"{pointer}/level", "out-of-range", "A heading's level is 2, 3 or 4.");

        foreach (var fault in MarkRules.Check(block, pointer, MaxText)
            .Concat(CheckLabel(block.Attribution, $"{pointer}/attribution"))
            .Concat(CheckLabel(block.Language, $"{pointer}/language"))
            .Concat(CheckLabel(block.Provider, $"{pointer}/provider"))
            .Concat(CheckLabel(block.Title, $"{pointer}/title"))
            .Concat(CheckAddress(block.SourceUrl, $"{pointer}/sourceUrl"))
            .Concat(CheckAddress(block.Url, $"{pointer}/url"))
            .Concat(CheckItems(block.Items, $"{pointer}/items", 1))
            .Concat(CheckTable(block, pointer))
            .Concat(CheckImages(block, pointer)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<Fault> CheckItems(IReadOnlyList<ListItem>? items, string pointer, int level)
    {
        if (items is null)
            yield break;

        if (level > MaxListLevels)
        {
            yield return new Fault(pointer, "too-deep", $"A list has at most {MaxListLevels} levels.", MaxListLevels);
            yield break;
        }

        if (items.Count > MaxItems)
            yield return Fault.TooMany(pointer, MaxItems);

        for (var i = 0; i < Math.Min(items.Count, MaxItems); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}");
            foreach (var fault in MarkRules.Check(items[i], at, MaxText).Concat(CheckItems(items[i].Items, $"{at}/items", level + 1)))
                yield return fault;
        }
    }

    private static IEnumerable<Fault> CheckTable(Block block, string pointer)
    {
        if (block.Rows is { Count: > MaxItems })
            yield return Fault.TooMany($"{pointer}/rows", MaxItems);

        var rows = (block.Rows ?? []).Take(MaxItems).Select((row, i) => (Row: row, At: string.Create(CultureInfo.InvariantCulture, $"{pointer}/rows/{i}")));
        foreach (var (row, at) in rows.Prepend((Row: block.Header ?? [], At: $"{pointer}/header")))
        {
            if (row.Count > MaxColumns)
                yield return Fault.TooMany(at, MaxColumns);

            for (var i = 0; i < Math.Min(row.Count, MaxColumns); i++)
            {
                foreach (var fault in MarkRules.Check(row[i], string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"), MaxText))
                    yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> CheckImages(Block block, string pointer)
    {
        var faults = block.Image is { } image ? ImageRules.Check(image, $"{pointer}/image") : [];
        if (block.Images is not { } images)
            return faults;

        if (images.Count > MaxImages)
            faults = faults.Append(Fault.TooMany($"{pointer}/images", MaxImages));

        return faults.Concat(images.Take(MaxImages).SelectMany((each, i) => ImageRules.Check(each, string.Create(CultureInfo.InvariantCulture, $"{pointer}/images/{i}"))));
    }

    private static IEnumerable<Fault> CheckLabel(string? label, string pointer) => label is { Length: > MaxLabel } ? [Fault.TooLong(pointer, MaxLabel)] : [];

    private static IEnumerable<Fault> CheckAddress(string? address, string pointer) =>
        address is not null && WebAddress.Normalize(address) is null ? [new Fault(pointer, "invalid-url", "Expected an absolute http or https URL.", WebAddress.MaxLength)] : [];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdShape();
}
