using System.Reflection;
using System.Text.Json;
using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>The table of which member stands on which block knows every member there is.</summary>
public sealed class BlockRulesTests
{
    private static readonly IReadOnlyList<PropertyInfo> Members = [.. typeof(Block).GetProperties().Where(member => member.Name is not (nameof(Block.Id) or nameof(Block.Type)))];

    [Fact]
    public void Every_member_stands_on_some_block()
    {
        var listed = BlockRules.MembersOf.Values.SelectMany(members => members).Select(member => member.TrimEnd('!')).Distinct();

        Assert.Equal(Members.Select(NameOf).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_divider_has_none_of_them() =>
        Assert.All(Members, member => Assert.Contains(BlockRules.Check([DividerWith(member)], "/b"), fault => fault.Pointer == $"/b/0/{NameOf(member)}" && fault.Code == "unknown-member"));

    [Fact]
    public void Each_is_missed_where_it_is_required()
    {
        foreach (var (type, members) in BlockRules.MembersOf)
        {
            var missed = BlockRules.Check([new Block { Type = type }], "/b").Where(fault => fault.Code == "required").Select(fault => fault.Pointer);

            Assert.Equal(members.Where(member => member.EndsWith('!')).Select(member => $"/b/0/{member.TrimEnd('!')}").Order(StringComparer.Ordinal), missed.Order(StringComparer.Ordinal));
        }
    }

    private static string NameOf(PropertyInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    private static Block DividerWith(PropertyInfo member)
    {
        var block = new Block { Type = "divider" };
        member.SetValue(block, SampleOf(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType));
        return block;
    }

    private static object SampleOf(Type type) =>
        type == typeof(string) ? "x"
        : type.IsGenericType ? Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))!
        : type == typeof(Image) ? new Image { Url = "https://example.org/x.jpg" }
        : Activator.CreateInstance(type)!;
}
